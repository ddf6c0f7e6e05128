#include "base/toml.h"
