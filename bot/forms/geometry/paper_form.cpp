#include "forms/geometry/paper_form.h"

namespace softbot {

PageCode page_code_of(const FormGeometry& geometry, int page, std::string_view set) {
  PageCode code;
  code.municipality = geometry.municipality;
  code.types = geometry.types;
  code.versions = geometry.versions;
  code.page = page;
  code.pages = static_cast<int>(geometry.pages.size());
  code.geometry = geometry_id(geometry);
  code.set = set;
  return code;
}

}  // namespace softbot
