# Writes OUTPUT: every file under FOLDER (Vite's output) as bytes; none when the client was not built.
file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
set(arrays "")
set(rows "")
set(index 0)
foreach(file ${files})
  file(READ ${FOLDER}/${file} content HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${content}")
  string(APPEND arrays "const unsigned char asset_${index}[] = {${bytes}};\n")
  string(APPEND rows "    {\"${file}\", bytes_of(asset_${index})},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT}
     "#include <cstddef>\n\n#include \"web/embedded.h\"\n\nnamespace softbot::web {\nnamespace {\n\n${arrays}\n"
     "template <std::size_t Size>\n[[maybe_unused]] std::string_view bytes_of(const unsigned char (&bytes)[Size]) {\n"
     "  return {reinterpret_cast<const char*>(bytes), Size};\n}\n\n}  // namespace\n\n"
     "const std::vector<EmbeddedAsset>& embedded_assets() {\n  static const std::vector<EmbeddedAsset> all = {\n${rows}  };\n"
     "  return all;\n}\n\n}  // namespace softbot::web\n")
