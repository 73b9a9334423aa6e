#pragma once

#include <string_view>
#include <vector>

namespace softbot::web {

/// A page template that was compiled in: "resident/start" for templates/resident/start.mustache.
struct EmbeddedTemplate {
  std::string_view name;
  std::string_view text;
};

/// A file that Vite built: "site-1a2b3c.css", its ".gz" and ".br", fonts, "manifest.json".
struct EmbeddedAsset {
  std::string_view name;
  std::string_view bytes;
};

[[nodiscard]] const std::vector<EmbeddedTemplate>& embedded_templates();
/// Empty when the client was not built.
[[nodiscard]] const std::vector<EmbeddedAsset>& embedded_assets();

}  // namespace softbot::web
