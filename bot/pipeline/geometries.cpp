#include "pipeline/geometries.h"

#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "domain/json.h"

namespace softbot::pipeline {
namespace {

constexpr std::string_view kind = "geometry";

class Geometries {
 public:
  explicit Geometries(Store& store) : store_(store) {}

  std::optional<FormGeometry> find(const PageCode& code) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto known = known_.find(code.geometry); known != known_.end()) return known->second;
    }
    auto found = look_up(code.geometry);
    if (!found) return std::nullopt;
    const std::lock_guard lock(mutex_);
    return known_.emplace(code.geometry, std::move(*found)).first->second;
  }

 private:
  std::optional<FormGeometry> look_up(const std::string& id) {
    std::string content;
    const auto read = store_.read([&](Transaction& transaction) -> Result<void> {
      for (ConfigurationRecord& record : transaction.configurations(kind)) {
        if (record.version == id) content = std::move(record.content);
      }
      return {};
    });
    if (!read || content.empty()) return std::nullopt;
    const auto value = parse_json(content);
    if (!value) return std::nullopt;
    auto geometry = geometry_from(*value);
    if (!geometry) return std::nullopt;
    return std::move(*geometry);
  }

  Store& store_;
  std::mutex mutex_;  // guards known_
  std::map<std::string, FormGeometry> known_;
};

}  // namespace

FindGeometry geometries_in(Store& store) {
  return [shelf = std::make_shared<Geometries>(store)](const PageCode& code) { return shelf->find(code); };
}

}  // namespace softbot::pipeline
