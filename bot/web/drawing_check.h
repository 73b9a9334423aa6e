#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace softbot::web {

/// What of a DMN file dmn-js cannot draw, each as Dutch words: another version of DMN than 1.3, and what only
/// later versions know. dmn-js leaves such elements out without a word, so a file that has one is not drawn.
/// A look at the tags, not at the whole of the file: client/src/dmn.ts compares that.
[[nodiscard]] std::vector<std::string> not_drawable(std::string_view dmn);

}  // namespace softbot::web
