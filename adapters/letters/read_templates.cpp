#include <fstream>
#include <iterator>
#include <system_error>

#include "adapters/letters/templates.h"
#include "domain/json.h"

namespace softbot {
namespace {

constexpr std::uintmax_t kGreatestTemplate = std::uintmax_t{1} << 20;
constexpr std::string_view kExtension = ".mustache";

Result<std::string> read_text(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  std::ifstream stream(file, std::ios::binary);
  if (error || !stream) {
    return fail(ErrorCode::configuration, file.string() + " cannot be read. Check its rights.");
  }
  if (size > kGreatestTemplate) {
    return fail(ErrorCode::configuration,
                file.string() + " is larger than 1 MiB. A letter's template is a page of text.");
  }
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!is_utf8(text)) {
    return fail(ErrorCode::configuration, file.string() + " is not UTF-8. Save it as UTF-8.");
  }
  return text;
}

Result<std::map<std::string, std::string>> read_folder(const std::filesystem::path& folder) {
  std::map<std::string, std::string> texts;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() != kExtension || !entry->is_regular_file(error)) {
      continue;
    }
    auto text = read_text(entry->path());
    if (!text) {
      return fail(text.error());
    }
    texts.emplace(entry->path().stem().string(), std::move(*text));
  }
  return texts;
}

}  // namespace

Result<LetterTemplates> read_letter_templates(const std::filesystem::path& folder) {
  auto letters = read_folder(folder);
  if (!letters) {
    return fail(letters.error());
  }
  if (letters->empty()) {
    return fail(ErrorCode::configuration,
                folder.string() + " holds no letters (*.mustache). Name the folder config/letters.");
  }
  auto partials = read_folder(folder / "partials");
  if (!partials) {
    return fail(partials.error());
  }
  return LetterTemplates{std::move(*letters), std::move(*partials)};
}

}  // namespace softbot
