#include "core/imaging/objects/Deidentifier.h"
#include "core/imaging/objects/Attributes.h"

#include <QDate>

#include <algorithm>

namespace naru::imaging {

namespace {
using Action = DeidentifyAction;
constexpr int MaximumDepth = 64;

bool isDate(quint16 vr)
{
    return vr == vrOf("DA") || vr == vrOf("DT") || vr == vrOf("TM");
}

// Text in which somebody could have typed a name; numbers, dates and UIDs have rules of their own.
bool isWords(quint16 vr)
{
    const bool number = vr == vrOf("DS") || vr == vrOf("IS") || vr == vrOf("SV") || vr == vrOf("UV");
    return vrRow(vr).form == ValueForm::Text && !number && !isDate(vr) && vr != vrOf("UI");
}

// Values of every patient, one a VR (PS3.15 E.1.1, D).
QString dummyText(quint16 vr)
{
    switch (vr) {
    case vrOf("DA"):
        return QStringLiteral("19000101");
    case vrOf("TM"):
        return QStringLiteral("000000");
    case vrOf("DT"):
        return QStringLiteral("19000101000000");
    case vrOf("AS"):
        return QStringLiteral("000Y");
    case vrOf("CS"):
        return QStringLiteral("ANON");
    case vrOf("UR"):
        return QStringLiteral("urn:anonymous");
    case vrOf("DS"):
    case vrOf("IS"):
    case vrOf("SV"):
    case vrOf("UV"):
        return QStringLiteral("0");
    case vrOf("PN"):
        return QStringLiteral("Anonymous");
    default:
        return QStringLiteral("ANONYMIZED");
    }
}

void makeEmpty(DataElement &element)
{
    DataElement empty;
    empty.tag = element.tag;
    empty.vr = element.vr;
    element = empty;
}

// Trees whose leaves have rows of their own: a dummy of the whole would leave no report and no presentation.
bool isTree(quint32 tag)
{
    return tag == attr::ContentSequence || tag == attr::GraphicAnnotation;
}

// UIDs that name a definition and not a thing.
bool isDefinition(const QString &uid)
{
    return uid.startsWith(QLatin1String("1.2.840.10008."));
}
} // namespace

bool Deidentifier::shift(DataElement &element)
{
    if (element.vr == vrOf("TM"))
        return true; // only the day moves
    if (!isDate(element.vr))
        return clean(element, Action::Remove, 0);
    for (QString &text : element.texts) {
        const QDate day = QDate::fromString(text.left(8), QStringLiteral("yyyyMMdd"));
        if (day.isValid())
            text.replace(0, 8, day.addDays(*m_options.shiftDays).toString(QStringLiteral("yyyyMMdd")));
        else if (!text.isEmpty())
            text = dummyText(element.vr); // a date of an unusual form would show the true one
    }
    ++m_counts.dates;
    return true;
}

bool Deidentifier::uids(DataElement &element, int depth)
{
    if (element.vr == vrOf("SQ"))
        return keep(element, depth, true); // what its items refer to has rows of its own
    if (element.vr != vrOf("UI"))
        return dummy(element, depth);
    for (QString &text : element.texts) {
        if (!text.isEmpty() && !isDefinition(text)) {
            text = m_anonymiser.uid(text);
            ++m_counts.uids;
        }
    }
    return true;
}

DataSetValue Deidentifier::dummyItem(const DataSetValue &item, int depth)
{
    DataSetValue out;
    for (DataElement element : item.elements()) {
        const bool removed = isPrivate(element.tag) || element.vr == vrOf("UN") || depth > MaximumDepth;
        if (!removed && (element.vr == vrOf("UI") ? uids(element, depth) : dummy(element, depth)))
            out.put(std::move(element));
    }
    return out;
}

bool Deidentifier::dummy(DataElement &element, int depth)
{
    if (element.vr == vrOf("UI"))
        return uids(element, depth);
    ++m_counts.replaced;
    const ValueForm form = vrRow(element.vr).form;
    if (form == ValueForm::Items) {
        for (DataSetValue &item : element.items)
            item = isTree(element.tag) ? apply(item, depth + 1) : dummyItem(item, depth + 1);
        return true;
    }
    if (element.empty())
        return true;
    if (form == ValueForm::Text)
        element.texts = {dummyText(element.vr)};
    if (form == ValueForm::Number)
        element.numbers.assign(element.numbers.size(), 0);
    if (form == ValueForm::Bytes) {
        element.bulk.reset();
        element.bytes = QByteArray(2, '\0');
    }
    return true;
}

bool Deidentifier::keep(DataElement &element, int depth, bool sweep)
{
    if (depth > MaximumDepth)
        return false;
    for (DataSetValue &item : element.items)
        item = apply(item, depth + 1);
    // Whatever is kept must not repeat what went, in whatever field somebody typed it.
    if (sweep && isWords(element.vr) && m_identifiers.areIn(element.texts.join(QLatin1Char('\n')))) {
        makeEmpty(element);
        ++m_counts.cleaned;
        return true;
    }
    ++m_counts.kept;
    return true;
}

bool Deidentifier::clean(DataElement &element, Action otherwise, int depth)
{
    if (vrRow(element.vr).form == ValueForm::Items)
        return keep(element, depth, true);
    if (vrRow(element.vr).form != ValueForm::Text)
        return act(element, otherwise, otherwise, depth);
    const QString all = element.texts.join(QLatin1Char('\n'));
    if (m_identifiers.areIn(all) || Identifiers::looksLikeOne(all)) {
        ++m_counts.cleaned;
        return act(element, otherwise, otherwise, depth);
    }
    ++m_counts.kept;
    return true;
}

bool Deidentifier::act(DataElement &element, Action action, Action otherwise, int depth)
{
    switch (action) {
    case Action::Remove:
        ++m_counts.removed;
        return false;
    case Action::Empty:
        makeEmpty(element);
        ++m_counts.emptied;
        return true;
    case Action::Dummy:
        return dummy(element, depth);
    case Action::Uid:
        return uids(element, depth);
    case Action::Shift:
        return shift(element);
    case Action::Clean:
        return clean(element, otherwise == Action::Clean ? Action::Remove : otherwise, depth);
    case Action::Keep:
        break;
    }
    return keep(element, depth, false);
}

// Attributes that the profile does not know: safe by their kind, or gone.
bool Deidentifier::unlisted(DataElement &element, int depth)
{
    if (element.vr == vrOf("PN"))
        return act(element, Action::Empty, Action::Empty, depth);
    if (element.vr == vrOf("UI"))
        return m_options.keepUids ? keep(element, depth, false) : uids(element, depth);
    if (element.vr == vrOf("UR") || element.vr == vrOf("UN"))
        return act(element, Action::Remove, Action::Remove, depth);
    if (element.vr == vrOf("DA") || element.vr == vrOf("DT")) {
        const Action action = m_options.keepDates ? Action::Keep
            : m_options.shiftDays                 ? Action::Shift
                                                  : Action::Remove;
        return act(element, action, Action::Remove, depth);
    }
    return keep(element, depth, true);
}

bool Deidentifier::change(DataElement &element, int depth)
{
    const bool unknown = dictionaryVr(element.tag) == vrOf("UN") && keywordOf(element.tag).isEmpty();
    if (isPrivate(element.tag) || unknown) {
        ++m_counts.removed;
        return false;
    }
    // An overlay is its pixels; without them the rest describes nothing.
    const bool overlay = element.tag >> 24 == 0x60;
    if (overlay && !m_options.keepGraphics) {
        ++m_counts.removed;
        return false;
    }
    if (const auto rule = deidentifyRule(element.tag, m_options))
        return act(element, rule->action, rule->otherwise, depth);
    return unlisted(element, depth);
}

DataSetValue Deidentifier::apply(const DataSetValue &set, int depth)
{
    DataSetValue out;
    for (DataElement element : set.elements()) {
        if (change(element, depth))
            out.put(std::move(element));
    }
    return out;
}

} // namespace naru::imaging
