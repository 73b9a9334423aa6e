#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace softbot::ocr {

/// Numbers out of bytes that may end anywhere: what lies outside reads as 0.
class BinaryView {
 public:
  enum class Order { little, big };

  BinaryView(std::string_view bytes, Order order) : bytes_(bytes), order_(order) {}

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] bool holds(std::uint64_t at, std::uint64_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  [[nodiscard]] std::uint64_t number(std::uint64_t at, std::size_t count) const {
    if (!holds(at, count)) return 0;
    std::uint64_t value = 0;
    for (std::size_t step = 0; step < count; ++step) {
      const std::size_t place = order_ == Order::big ? step : count - 1 - step;
      value = value << 8 | static_cast<unsigned char>(bytes_[static_cast<std::size_t>(at) + place]);
    }
    return value;
  }
  [[nodiscard]] std::uint32_t u8(std::uint64_t at) const { return static_cast<std::uint32_t>(number(at, 1)); }
  [[nodiscard]] std::uint32_t u16(std::uint64_t at) const {
    return static_cast<std::uint32_t>(number(at, 2));
  }
  [[nodiscard]] std::uint32_t u32(std::uint64_t at) const {
    return static_cast<std::uint32_t>(number(at, 4));
  }
  [[nodiscard]] std::uint64_t u64(std::uint64_t at) const { return number(at, 8); }

 private:
  std::string_view bytes_;
  Order order_;
};

}  // namespace softbot::ocr
