#include "base/html.h"
