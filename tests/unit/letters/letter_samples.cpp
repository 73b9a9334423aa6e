#include "letter_samples.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>

#include "domain/json.h"
#include "domain/text.h"
#include "support/checkout.h"

namespace softbot::test {

namespace fs = std::filesystem;

fs::path letters_folder() {
  return checkout() / "config" / "letters";
}

std::vector<LetterSample> letter_samples() {
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(letters_folder() / "examples")) {
    files.insert(entry.path());
  }
  std::vector<LetterSample> samples;
  for (const auto& file : files) {
    const auto name = file.stem().string();
    samples.push_back({name, name.substr(0, name.find('.')), sample_context(name)});
  }
  return samples;
}

Value sample_context(std::string_view name) {
  std::ifstream stream(letters_folder() / "examples" / (std::string(name) + ".json"), std::ios::binary);
  auto context = parse_json(std::string{std::istreambuf_iterator<char>(stream), {}});
  if (!context) {
    throw std::runtime_error(std::string(name) + ": " + context.error().message);
  }
  return std::move(*context);
}

TemporaryFolder::TemporaryFolder() {
  std::random_device random;
  path_ =
      fs::temp_directory_path() / ("softbot-letters-" + std::to_string(random()) + std::to_string(random()));
  fs::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void write_file(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::string ask(const std::string& command, const std::string& pdf) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "letter.pdf";
  write_file(file, pdf);
  struct Close {
    void operator()(FILE* pipe) const { pclose(pipe); }
  };
  const bool to_stdout = command.rfind("pdftotext", 0) == 0 || command.rfind("qpdf --qdf", 0) == 0;
  const auto line = command + " " + file.string() + (to_stdout ? " -" : "") + " 2>&1 || echo \"exit $?\"";
  const std::unique_ptr<FILE, Close> pipe(popen(line.c_str(), "r"));
  std::string answer;
  std::array<char, 4096> part{};
  for (std::size_t count = 0; (count = std::fread(part.data(), 1, part.size(), pipe.get())) > 0;) {
    answer.append(part.data(), count);
  }
  return answer;
}

std::string entries_of(const std::string& pdf) {
  std::istringstream all(ask("qpdf --qdf --object-streams=disable", pdf));
  std::string entries;
  for (std::string line; std::getline(all, line);) {
    const auto text = trim(line);
    entries += text.substr(0, 1) == "/" && is_utf8(text) ? std::string(text) + "\n" : "";
  }
  return entries;
}

std::string words_of(const std::string& pdf) {
  return collapse_spaces(ask("pdftotext", pdf));
}

}  // namespace softbot::test
