#pragma once
#include "http/api/access.h"
