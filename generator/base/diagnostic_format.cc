#include "base/diagnostic_format.h"
