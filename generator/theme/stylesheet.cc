#include "theme/stylesheet.h"
