#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "source_files.h"
#include "support/checkout.h"

namespace softbot::house {
namespace {

const std::filesystem::path root = checkout();

/// What each part may include beside itself. Includes go one way; adding a line here is changing the design.
const std::map<std::string, std::set<std::string>>& allowed() {
  static const std::set<std::string> of_adapters{"domain", "ports"};
  static const std::map<std::string, std::set<std::string>> table{
      {"domain", {}},
      {"dmn", {}},
      {"forms/geometry", {"domain"}},
      {"ports", {"domain", "forms/geometry"}},
      {"forms", {"domain", "forms/geometry"}},
      {"ocr", {"domain", "forms/geometry", "ports"}},
      {"policy", {"dmn", "domain", "ports"}},
      {"queue", {"domain", "ports"}},
      {"pipeline", {"forms", "forms/geometry", "policy", "queue", "ports", "domain"}},
      {"http", {"domain", "ports"}},
      {"http/api", {"http", "pipeline", "queue", "policy", "forms", "ports", "domain"}},
      {"web", {"http", "http/api", "pipeline", "queue", "policy", "forms", "ports", "domain"}},
      {"daemon",
       {"web", "http", "http/api", "pipeline", "queue", "policy", "dmn", "forms", "forms/geometry", "ports",
        "domain", "adapters/*"}},
      {"main", {"daemon"}},
      {"adapters/brp", {"domain", "ports", "adapters/http_client"}},
      {"adapters/files", of_adapters},
      {"adapters/curl", {}},
      {"adapters/http_client", {"domain", "adapters/curl"}},
      {"adapters/letters", {"domain", "forms/geometry", "ports", "adapters/pdf"}},
      {"adapters/log", of_adapters},
      {"adapters/mail", {"domain", "ports", "adapters/curl"}},
      {"adapters/oidc", {"domain", "ports", "adapters/http_client"}},
      {"adapters/paper_forms", {"domain", "forms/geometry", "ports", "adapters/pdf"}},
      {"adapters/pdf", {"domain"}},
      {"adapters/post", {"domain", "ports", "adapters/files"}},
      {"adapters/reader_process", {"domain", "forms/geometry", "ports", "ocr"}},
      {"adapters/provider_orders", {"domain", "ports", "adapters/files"}},
      {"adapters/scan_folder", {"domain", "ports", "adapters/files"}},
      {"adapters/sqlite", {"domain", "ports", "adapters/files"}},
      {"adapters/vault", {"domain", "ports", "adapters/files"}},
      {"samples",
       {"domain", "ports", "http", "forms", "forms/geometry", "adapters/paper_forms", "adapters/curl"}},
  };
  return table;
}

std::vector<SourceFile> product_files() {
  std::vector<SourceFile> all;
  for (const char* folder : {"bot", "ocr", "adapters", "samples"}) {
    const auto files = source_files(root, folder);
    all.insert(all.end(), files.begin(), files.end());
  }
  return all;
}

bool may_include(const std::string& from, const std::string& to) {
  if (from == to) return true;
  const auto row = allowed().find(from);
  if (row == allowed().end()) return false;
  return row->second.contains(to) || (to.starts_with("adapters/") && row->second.contains("adapters/*"));
}

TEST(IncludeGraph, EveryPartOfTheHouseIsInTheTable) {
  std::set<std::string> parts;
  for (const SourceFile& file : product_files()) parts.insert(part_of(file.path));
  ASSERT_FALSE(parts.empty());
  for (const std::string& part : parts) {
    EXPECT_TRUE(allowed().contains(part)) << part << " is new: say in this test what it may include.";
  }
}

TEST(IncludeGraph, IncludesGoOneWay) {
  std::size_t edges = 0;
  for (const SourceFile& file : product_files()) {
    for (const std::string& include : file.included) {
      const std::string target = target_of(root, file, include);
      if (target.empty()) continue;  // generated, or found by a compiler option of its own target
      ++edges;
      EXPECT_TRUE(may_include(part_of(file.path), part_of(target)))
          << file.path << " (" << part_of(file.path) << ") may not include " << target << ".";
    }
  }
  EXPECT_GT(edges, 200U) << "The includes were not found: the test looks in the wrong place.";
}

TEST(IncludeGraph, ATableWithACircleWouldBeNoLayers) {
  // Every part must come to an end when its edges are followed down.
  std::map<std::string, std::set<std::string>> open = allowed();
  for (std::size_t before = open.size() + 1; before != open.size();) {
    before = open.size();
    std::erase_if(open, [&](const auto& row) {
      return std::none_of(row.second.begin(), row.second.end(), [&](const std::string& to) {
        if (to != "adapters/*") return open.contains(to);
        return std::any_of(open.begin(), open.end(),
                           [](const auto& other) { return other.first.starts_with("adapters/"); });
      });
    });
  }
  for (const auto& [part, edges] : open) ADD_FAILURE() << part << " includes itself by way of others.";
}

TEST(IncludeGraph, SourceFilesAreNeverIncluded) {
  for (const SourceFile& file : product_files()) {
    for (const std::string& include : file.included)
      EXPECT_FALSE(include.ends_with(".cpp")) << file.path << ": " << include;
  }
}

TEST(IncludeGraph, EveryHeaderMayBeReadTwice) {
  for (const SourceFile& file : product_files()) {
    if (!file.path.ends_with(".h")) continue;
    EXPECT_TRUE(file.has_pragma_once) << file.path << " lacks #pragma once.";
  }
}

/// Every .cpp that reads a header of this kind, by itself or by way of headers of ours.
std::set<std::string> readers_of(const std::vector<SourceFile>& files, const std::string& prefix) {
  std::set<std::string> reading;
  for (bool grown = true; grown;) {
    grown = false;
    for (const SourceFile& file : files) {
      const bool reads =
          std::any_of(file.included_system.begin(), file.included_system.end(),
                      [&](const std::string& include) { return include.starts_with(prefix); }) ||
          std::any_of(file.included.begin(), file.included.end(), [&](const std::string& include) {
            return reading.contains(target_of(root, file, include));
          });
      if (reads) grown = reading.insert(file.path).second || grown;
    }
  }
  std::erase_if(reading, [](const std::string& path) { return !path.ends_with(".cpp"); });
  return reading;
}

/// Headers that take seconds to compile, or whose types must stay behind a border of ours.
TEST(IncludeGraph, HeavyHeadersAreReadInOneFileOfAPart) {
  const std::map<std::string, std::set<std::string>> only{
      {"boost/beast", {"bot/http/server.cpp"}},
      {"nlohmann/", {"bot/domain/json.cpp"}},
      {"spdlog/", {"adapters/log/json_log.cpp"}},
      {"CLI/", {"bot/main.cpp"}},
      {"cjose/", {"adapters/oidc/signed_token.cpp"}},
      {"valijson/", {}},
      {"kainjow/", {"adapters/letters/templates.cpp", "bot/web/template_engine.cpp"}},
      {"opencv2/dnn", {"ocr/fields/nets.cpp"}},
      {"tesseract/", {"ocr/fields/print.cpp"}},
      {"curl/",
       {"adapters/curl/curl_handle.cpp", "adapters/http_client/http_client.cpp",
        "adapters/mail/smtp_mailer.cpp", "samples/api_client.cpp"}},
      {"gmime/", {"adapters/mail/message.cpp"}},
  };
  const auto files = product_files();
  for (const auto& [prefix, wanted] : only)
    EXPECT_EQ(readers_of(files, prefix), wanted) << "<" << prefix << "...>";
}

}  // namespace
}  // namespace softbot::house
