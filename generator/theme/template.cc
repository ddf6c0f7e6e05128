#include "theme/template.h"
