#include "support/checkout.h"

namespace softbot {

std::filesystem::path checkout() {
  return SOFTBOT_SOURCE_DIR;
}

}  // namespace softbot
