# Writes OUTPUT: every *.mustache under FOLDER as a named text.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*.mustache)
list(SORT files)
set(body "")
foreach(file ${files})
  file(READ ${FOLDER}/${file} content)
  string(REGEX REPLACE "\\.mustache$" "" name ${file})
  # A raw literal holds at most 64 KiB portably; templates are far smaller.
  string(APPEND body "    {\"${name}\", R\"mustache(${content})mustache\"},\n")
endforeach()
file(WRITE ${OUTPUT}
     "#include \"web/embedded.h\"\n\nnamespace softbot::web {\n\nconst std::vector<EmbeddedTemplate>& embedded_templates() {\n"
     "  static const std::vector<EmbeddedTemplate> all = {\n${body}  };\n  return all;\n}\n\n}  // namespace softbot::web\n")
