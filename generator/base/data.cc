#include "base/data.h"
