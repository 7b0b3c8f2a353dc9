// Content by the keys of FieldSpec ("problems", 2, "onset"), so that editors are built from rows and know no
// struct.
#pragma once

#include "core/clinical/Document.h"

#include <variant>

namespace naru::ui {

// Null pointers when the key is unknown.
using FieldRef = std::variant<std::monostate, QString *, clinical::CodedValue *, base::Timestamp *, bool *>;

int listCount(const clinical::Content &content, const QString &list);
FieldRef listMember(clinical::Content &content, const QString &list, int index, const QString &member);
clinical::Source *listSource(clinical::Content &content, const QString &list, int index);
// Appends an empty element and returns its index; -1 for an unknown list.
int listAppend(clinical::Content &content, const QString &list);
void listRemove(clinical::Content &content, const QString &list, int index);
// Exchanges two elements of a list; the first problem is the main diagnosis.
void listSwap(clinical::Content &content, const QString &list, int a, int b);
// Moves an element to the end of the same list of another content (left out <-> taken in).
void listMove(clinical::Content &from, clinical::Content &to, const QString &list, int index);
// True when `content` has an element of the same text and code.
bool listHasSame(clinical::Content &content, const QString &list, clinical::Content &other, int otherIndex);

// A section of one text ("reason"); null when the key is another kind.
clinical::Text *textField(clinical::Content &content, const QString &key);
// Members of single structs: "relay.status" "social.note" "transfer.arrived" "exception.which".
FieldRef groupMember(clinical::Document &document, const QString &key);

QString textOf(const FieldRef &ref);
// A compact line for people: "메트포르민 500 mg 1일 2회".
QString listSummary(clinical::Content &content, const QString &list, int index, bool korean);
// The code beside it, when there is one: "E11.3".
QString listCode(clinical::Content &content, const QString &list, int index);
// The coded value of an element; null when its list has none.
const clinical::CodedValue *listCoded(clinical::Content &content, const QString &list, int index);

// Sources of a top-level section; empty when nothing is in it.
std::vector<clinical::Source *> sectionSources(clinical::Document &document, const QString &key);
bool sectionEmpty(clinical::Document &document, const QString &key);

} // namespace naru::ui
