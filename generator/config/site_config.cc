#include "config/site_config.h"
