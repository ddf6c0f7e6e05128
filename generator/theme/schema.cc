#include "theme/schema.h"
