# embed_files(OUT FOLDER...): makes sources that hold every file below the folders (paths relative to the project), as
# bytes that the assembler includes, and the table that embedded_files() in theme/theme.h returns. Adds them to OUT.
function(embed_files out)
  set(assembly "")
  set(table "")
  set(declarations "")
  set(index 0)
  set(files "")
  foreach(folder IN LISTS ARGN)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/${folder}/*)
    list(APPEND files ${found})
  endforeach()
  list(SORT files COMPARE STRING)
  set(absolute "")
  foreach(file IN LISTS files)
    if(file MATCHES "(^|/)\\.[^/]*$")
      continue()
    endif()
    set(name "hardtop_embedded_${index}")
    string(APPEND assembly
      ".global ${name}\n${name}:\n.incbin \"${PROJECT_SOURCE_DIR}/${file}\"\n.global ${name}_end\n${name}_end:\n.byte 0\n")
    string(APPEND declarations "extern \"C\" const char ${name}[];\nextern \"C\" const char ${name}_end[];\n")
    string(APPEND table "      {\"${file}\", std::string_view(${name}, static_cast<std::size_t>(${name}_end - ${name}))},\n")
    list(APPEND absolute ${PROJECT_SOURCE_DIR}/${file})
    math(EXPR index "${index} + 1")
  endforeach()
  set(folder ${PROJECT_BINARY_DIR}/embedded)
  file(MAKE_DIRECTORY ${folder})
  file(CONFIGURE OUTPUT ${folder}/embedded.S @ONLY CONTENT
    ".section .rodata\n${assembly}.section .note.GNU-stack,\"\",%progbits\n")
  file(CONFIGURE OUTPUT ${folder}/embedded.cc @ONLY CONTENT
"// Made by generator/embed.cmake.
#include \"theme/theme.h\"
${declarations}
namespace hardtop {
const std::vector<EmbeddedFile>& embedded_files() {
  static const std::vector<EmbeddedFile> files = {
${table}  };
  return files;
}
}  // namespace hardtop
")
  set_source_files_properties(${folder}/embedded.S PROPERTIES OBJECT_DEPENDS "${absolute}")
  set(${out} ${folder}/embedded.S ${folder}/embedded.cc PARENT_SCOPE)
endfunction()
