#include "idx.h"

#include <array>
#include <cstdio>
#include <string>

#include "sources.h"

namespace softbot::fill {
namespace {

constexpr std::uint32_t pictures_magic = 0x803;
constexpr std::uint32_t labels_magic = 0x801;
constexpr std::size_t pictures_header = 16;
constexpr std::size_t labels_header = 8;
constexpr std::uint32_t least_side = 16;
constexpr std::uint32_t most_side = 64;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

bool begins_with(std::string_view bytes, std::uint32_t magic) {
  return bytes.size() >= 4 && big_endian(bytes, 0) == magic;
}

tl::unexpected<Error> wrong(const NamedBytes& named, const std::string& what) {
  return fail(ErrorCode::invalid_input, named.file.string() + " " + what);
}

std::string in_hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    std::array<char, 4> two{};
    std::snprintf(two.data(), two.size(), "%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    text += (text.empty() ? "" : " ") + std::string(two.data());
  }
  return text;
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// Which of the two kinds a file is, said when it should have been the other.
tl::unexpected<Error> wrong_beginning(const NamedBytes& named, const std::string& wanted,
                                      const std::string& magic) {
  if (holds_idx_pictures(named.bytes) || holds_idx_labels(named.bytes)) {
    return wrong(named, "holds no " + wanted + " but " + (wanted == "labels" ? "images" : "labels") +
                            ": give the two files the other way round.");
  }
  if (named.bytes.size() < 4) {
    return wrong(named, "has " + counted(named.bytes.size(), "byte") + ": an IDX file of " + wanted +
                            " is wanted, plain or gzip.");
  }
  return wrong(named, "begins with the bytes " + in_hexadecimal(named.bytes.substr(0, 4)) +
                          "; an IDX file of " + wanted + " in unsigned bytes begins with " + magic +
                          ", after gzip is taken off.");
}

Result<void> check_pictures(const NamedBytes& named) {
  if (!begins_with(named.bytes, pictures_magic)) return wrong_beginning(named, "images", "00 00 08 03");
  if (named.bytes.size() < pictures_header)
    return wrong(named, "ends within its header: an IDX file of images starts with 16 bytes.");
  const std::uint32_t count = big_endian(named.bytes, 4);
  const std::uint32_t height = big_endian(named.bytes, 8);
  const std::uint32_t width = big_endian(named.bytes, 12);
  if (height < least_side || height > most_side || width < least_side || width > most_side) {
    return wrong(named, "has images of " + std::to_string(width) + "x" + std::to_string(height) +
                            " pixels; 16x16 to 64x64 are taken.");
  }
  if (count == 0) return wrong(named, "holds no images.");
  const std::size_t there = named.bytes.size() - pictures_header;
  const std::size_t wanted = std::size_t{count} * height * width;
  if (there < wanted) {
    return wrong(named, "is cut off: it promises " + counted(count, "image") + " and holds " +
                            std::to_string(there / height / width) + ".");
  }
  if (there > wanted) {
    return wrong(named, "holds " + counted(there - wanted, "byte") + " more than its " +
                            counted(count, "image") + ".");
  }
  return {};
}

Result<void> check_labels(const NamedBytes& named) {
  if (!begins_with(named.bytes, labels_magic)) return wrong_beginning(named, "labels", "00 00 08 01");
  if (named.bytes.size() < labels_header)
    return wrong(named, "ends within its header: an IDX file of labels starts with 8 bytes.");
  const std::size_t count = big_endian(named.bytes, 4);
  const std::size_t there = named.bytes.size() - labels_header;
  if (there != count) {
    return wrong(named, (there < count ? "is cut off: it promises " : "promises ") + counted(count, "label") +
                            " and holds " + std::to_string(there) + ".");
  }
  return {};
}

}  // namespace

bool holds_idx_pictures(std::string_view bytes) {
  return begins_with(bytes, pictures_magic);
}

bool holds_idx_labels(std::string_view bytes) {
  return begins_with(bytes, labels_magic);
}

Result<LabelledPictures> labelled_pictures(const NamedBytes& pictures, const NamedBytes& labels) {
  if (const auto checked = check_pictures(pictures); !checked) return fail(checked.error());
  if (const auto checked = check_labels(labels); !checked) return fail(checked.error());
  const std::size_t count = big_endian(pictures.bytes, 4);
  const std::size_t label_count = big_endian(labels.bytes, 4);
  if (count != label_count) {
    return wrong(labels, "has " + counted(label_count, "label") + " for the " + counted(count, "image") +
                             " in " + pictures.file.filename().string() + ".");
  }
  const std::string_view pixels = pictures.bytes.substr(pictures_header);
  const std::string_view numbers = labels.bytes.substr(labels_header);
  return LabelledPictures{static_cast<int>(big_endian(pictures.bytes, 12)),
                          static_cast<int>(big_endian(pictures.bytes, 8)),
                          {pixels.begin(), pixels.end()},
                          {numbers.begin(), numbers.end()}};
}

Result<LabelledPictures> read_labelled_pictures(const std::filesystem::path& pictures,
                                                const std::filesystem::path& labels) {
  const auto picture_bytes = contents_of(pictures);
  if (!picture_bytes) return fail(picture_bytes.error());
  const auto label_bytes = contents_of(labels);
  if (!label_bytes) return fail(label_bytes.error());
  return labelled_pictures({pictures, *picture_bytes}, {labels, *label_bytes});
}

}  // namespace softbot::fill
