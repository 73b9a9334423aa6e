#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "forms_on_paper.h"
#include "support/checkout.h"

namespace softbot::paper_test {
namespace {

/// What this version prints, a line each: municipality, types, geometry id.
std::string printed_now() {
  std::string lines;
  for (const char* municipality : {"molendam", "voorbeeld"}) {
    for (const auto& types : printed_types()) {
      lines += std::string(municipality) + " " + name_of_types(types) + " " +
               geometry_id(form_of(types, municipality).geometry) + "\n";
    }
  }
  return lines;
}

TEST(PrintedGeometries, AreTheOnesThatWereAgreed) {
  std::ifstream file(checkout() / "tests/unit/paper/printed_geometries.txt");
  std::stringstream agreed;
  agreed << file.rdbuf();
  EXPECT_EQ(agreed.str(), printed_now())
      << "PRINTED GEOMETRY CHANGED. Paper that was printed before keeps its own geometry (it is in the "
         "store), but check that you "
         "meant it: was a definition's questions changed, raise its version; was only the look changed, look "
         "at the pages. Then put "
         "what is printed now into tests/unit/paper/printed_geometries.txt.";
}

}  // namespace
}  // namespace softbot::paper_test
