#pragma once
// Debian builds libxml2 with ICU. Its encoding.h then includes unicode/ucnv.h, whose types clash
// with Foundation's private ICU in debug builds. Undefined here, before every other header, only
// two trailing pointers of xmlCharEncodingHandler disappear; never allocate or copy that struct.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/tree.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>
#include <libxml/schemasInternals.h>
#include <libxml/xmlschemas.h>

// xmlFree is a global function-pointer variable, which Swift 6 refuses as shared mutable state.
static inline void cxml_free(void *pointer) {
  if (pointer) xmlFree(pointer);
}

// 2.9.14 has no XML_PARSE_NO_XXE: this loader makes every external entity unloadable, in whichever
// way a document asks for one.
static xmlParserInputPtr cxml_refuse_entity(const char *url, const char *identifier,
                                            xmlParserCtxtPtr context) {
  (void)url; (void)identifier; (void)context;
  return NULL;
}
// Some faults of an encoding are told to no parser, only to the terminal, again and again.
static void cxml_say_nothing(void *context, const char *message, ...) {
  (void)context; (void)message;
}
static inline void cxml_initialise(void) {
  xmlInitParser();
  // For this thread, and for those that parse later.
  xmlSetGenericErrorFunc(NULL, cxml_say_nothing);
  xmlThrDefSetGenericErrorFunc(NULL, cxml_say_nothing);
  xmlSetExternalEntityLoader(cxml_refuse_entity);
}

// Schemas come in several files, which an operator names and trusts: while they are compiled, files
// may be loaded, and still nothing from the network. cxml_initialise closes it again.
static inline void cxml_allow_schema_files(void) {
  xmlInitParser();
  xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
}
