#include "ocr/decode/file_kind.h"

#include <array>

namespace softbot::ocr {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t header_of_pdf_within = 1024;  // as readers of PDF allow

struct Signature {
  std::string_view start;
  std::size_t at;
  std::string_view name;
};

constexpr std::array<Signature, 16> others{{
    {"GIF8"sv, 0, "een GIF-afbeelding"},
    {"BM"sv, 0, "een BMP-afbeelding"},
    {"WEBP"sv, 8, "een WebP-afbeelding"},
    {"ftyphei"sv, 4, "een HEIC-foto"},
    {"ftyphev"sv, 4, "een HEIC-foto"},
    {"ftypmif1"sv, 4, "een HEIC-foto"},
    {"ftypavif"sv, 4, "een AVIF-afbeelding"},
    {"\0\0\0\x0CjP  "sv, 0, "een JPEG 2000-afbeelding"},
    {"\xFF\x4F\xFF\x51"sv, 0, "een JPEG 2000-afbeelding"},
    {"PK\3\4"sv, 0, "een ingepakt bestand of een Office-document"},
    {"\xD0\xCF\x11\xE0"sv, 0, "een oud Office-document of een Outlook-bericht"},
    {"{\\rtf"sv, 0, "een RTF-document"},
    {"%!PS"sv, 0, "een PostScript-bestand"},
    {"8BPS"sv, 0, "een Photoshop-bestand"},
    {"<svg"sv, 0, "een SVG-tekening"},
    {"<"sv, 0, "een webpagina of een XML-bestand"},
}};

bool stands_at(std::string_view bytes, std::size_t at, std::string_view start) {
  return bytes.size() >= at + start.size() && bytes.substr(at, start.size()) == start;
}

}  // namespace

FileKind kind_of(std::string_view bytes) {
  for (const std::string_view start : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
    if (stands_at(bytes, 0, start)) return FileKind::tiff;
  }
  if (stands_at(bytes, 0, "\xFF\xD8\xFF"sv)) return FileKind::jpeg;
  if (stands_at(bytes, 0, "\x89PNG\r\n\x1A\n"sv)) return FileKind::png;
  if (bytes.substr(0, header_of_pdf_within).find("%PDF-"sv) != std::string_view::npos) return FileKind::pdf;
  return FileKind::other;
}

std::string name_of_unsupported(std::string_view bytes) {
  for (const Signature& one : others) {
    if (stands_at(bytes, one.at, one.start)) return std::string(one.name);
  }
  return "een bestand van een soort die wij niet kennen";
}

}  // namespace softbot::ocr
