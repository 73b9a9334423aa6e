// links: softbot_ocr_fields softbot_ocr_page softbot_geometry softbot_domain
// The decoding of fields with boxes: any numbers that a net could give, under any field.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "ocr/fields/signs.h"

namespace {

using softbot::PaperField;
using softbot::Reading;
using softbot::ReadingState;
using softbot::ocr::SignChances;

constexpr std::array<std::pair<const char*, const char*>, 12> fields{{{"bsn", "999999999"},
                                                                      {"date", "99999999"},
                                                                      {"postcode", "9999AA"},
                                                                      {"house-number", "99999"},
                                                                      {"phone", "9999999999"},
                                                                      {"integer", "999"},
                                                                      {"decimal", "9999"},
                                                                      {"money", "999999"},
                                                                      {"iban", "AA99AAAA9999999999"},
                                                                      {"text", "AAAAAAAAAAAA"},
                                                                      {"text", "XXXX"},
                                                                      {"text", "??????"}}};

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  std::uint8_t next() { return at_ < size_ ? data_[at_++] : std::uint8_t{0}; }
  float number() {
    std::array<std::uint8_t, 4> raw{next(), next(), next(), next()};
    float value = 0;
    std::memcpy(&value, raw.data(), raw.size());
    return value;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

/// A byte says how: numbers of any kind, or most of the mass on one class and a rival.
std::vector<float> chances(Bytes& bytes, std::size_t classes) {
  const std::uint8_t how = bytes.next();
  if (how == 255) {
    std::vector<float> any(bytes.next() % 30U);
    for (float& one : any) one = bytes.number();
    return any;
  }
  std::vector<float> result(classes, 0.0F);
  const float share = static_cast<float>(bytes.next()) / 255;
  result[how % classes] += share;
  result[bytes.next() % classes] += 1 - share;
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const auto& [kind, pattern] = fields.at(bytes.next() % fields.size());
  PaperField field;
  field.name = "asked";
  field.answer_kind = kind;
  field.pattern = pattern;
  std::vector<SignChances> signs;
  for (std::size_t i = 0; i < field.pattern.size(); ++i) {
    const bool empty = bytes.next() % 5 == 0;
    auto digits = chances(bytes, 11);
    signs.push_back({empty, std::move(digits), chances(bytes, 27)});
  }
  const Reading reading = decoded(field, signs);
  if (!(reading.probability >= 0 && reading.probability <= 1) || reading.alternatives.size() > 10)
    std::abort();
  if (reading.state == ReadingState::certain && reading.value.is_null()) std::abort();
  if (!softbot::reading_from(reading.field, to_value(reading))) std::abort();
  return 0;
}
