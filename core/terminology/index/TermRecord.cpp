#include "core/terminology/index/TermRecord.h"

#include <algorithm>

namespace naru::terminology {

namespace {
enum Flag : unsigned {
    Complete = 1U << 0,
    MainAllowed = 1U << 1,
    Notifiable = 1U << 2,
    KoreanMedicine = 1U << 3,
    Axis = 1U << 4,
    Male = 1U << 5,
    Female = 1U << 6,
    HasDates = 1U << 7,
    HasConcept = 1U << 8,
    HasSynonyms = 1U << 9,
    HasAliases = 1U << 10,
    HasParent = 1U << 11,
    HasExtras = 1U << 12, // unit, help, replacedBy
    HasAges = 1U << 13,
    HasLinks = 1U << 14,
    HasWeight = 1U << 15,
};
constexpr qint64 noDate = 0;

unsigned flagsOf(const Concept &term)
{
    unsigned flags = 0;
    const auto set = [&flags](Flag flag, bool on) { flags |= on ? unsigned(flag) : 0U; };
    set(Complete, term.complete);
    set(MainAllowed, term.mainAllowed);
    set(Notifiable, term.notifiable);
    set(KoreanMedicine, term.koreanMedicine);
    set(Axis, term.axis);
    set(Male, term.sex == Sex::Male);
    set(Female, term.sex == Sex::Female);
    set(HasDates, term.validFrom.isValid() || term.validTo.isValid());
    set(HasConcept, !term.conceptCode.isEmpty());
    set(HasSynonyms, !term.synonyms.isEmpty());
    set(HasAliases, !term.aliases.isEmpty());
    set(HasParent, !term.parent.isEmpty());
    set(HasExtras, !term.unit.isEmpty() || !term.help.isEmpty() || !term.replacedBy.isEmpty());
    set(HasAges, term.ageFrom != 0 || term.ageTo != 0);
    set(HasLinks, !term.links.empty());
    set(HasWeight, term.weight != 0);
    return flags;
}

std::uint64_t dayNumber(QDate day)
{
    return day.isValid() ? std::uint64_t(std::max<qint64>(day.toJulianDay(), 1)) : std::uint64_t(noDate);
}
QDate dayOf(std::uint64_t number)
{
    return number == noDate || number > 10'000'000 ? QDate() : QDate::fromJulianDay(qint64(number));
}

void writeList(ByteWriter &out, const QStringList &list)
{
    out.number(std::uint64_t(list.size()));
    for (const QString &text : list)
        out.text(text);
}
QStringList readList(ByteReader &in)
{
    QStringList out;
    for (auto left = std::min<std::uint64_t>(in.number(), 4096); left > 0; --left)
        out.append(in.text());
    return out;
}
} // namespace

void writeRecord(std::string &bytes, const Concept &term, const QStringList &systems)
{
    ByteWriter out(bytes);
    const unsigned flags = flagsOf(term);
    out.number(flags);
    if (flags & HasDates) {
        out.number(dayNumber(term.validFrom));
        out.number(dayNumber(term.validTo));
    }
    out.text(term.code);
    if (flags & HasConcept)
        out.text(term.conceptCode);
    out.text(term.ko);
    out.text(term.en);
    if (flags & HasSynonyms)
        writeList(out, term.synonyms);
    if (flags & HasAliases)
        writeList(out, term.aliases);
    if (flags & HasParent)
        out.text(term.parent);
    if (flags & HasExtras) {
        out.text(term.unit);
        out.text(term.help);
        out.text(term.replacedBy);
    }
    if (flags & HasAges) {
        out.number(std::uint64_t(std::max(term.ageFrom, 0)));
        out.number(std::uint64_t(std::max(term.ageTo, 0)));
    }
    if (flags & HasWeight)
        out.number(std::uint64_t(std::max(term.weight, 0)));
    if (flags & HasLinks) {
        out.number(term.links.size());
        for (const CodeLink &link : term.links) {
            out.number(std::uint64_t(std::max<qsizetype>(systems.indexOf(link.system), 0)));
            out.text(link.code);
        }
    }
}

Concept readRecord(std::span<const unsigned char> bytes, const TermGroup &group, const QStringList &systems)
{
    Concept term;
    ByteReader in(bytes);
    const auto flags = unsigned(in.number());
    term.system = group.system;
    term.field = group.field;
    term.category = group.category;
    term.complete = flags & Complete;
    term.mainAllowed = flags & MainAllowed;
    term.notifiable = flags & Notifiable;
    term.koreanMedicine = flags & KoreanMedicine;
    term.axis = flags & Axis;
    term.sex = flags & Male ? Sex::Male : flags & Female ? Sex::Female : Sex::Any;
    if (flags & HasDates) {
        term.validFrom = dayOf(in.number());
        term.validTo = dayOf(in.number());
    }
    term.code = in.text();
    if (flags & HasConcept)
        term.conceptCode = in.text();
    term.ko = in.text();
    term.en = in.text();
    if (flags & HasSynonyms)
        term.synonyms = readList(in);
    if (flags & HasAliases)
        term.aliases = readList(in);
    if (flags & HasParent)
        term.parent = in.text();
    if (flags & HasExtras) {
        term.unit = in.text();
        term.help = in.text();
        term.replacedBy = in.text();
    }
    if (flags & HasAges) {
        term.ageFrom = int(std::min<std::uint64_t>(in.number(), 1000));
        term.ageTo = int(std::min<std::uint64_t>(in.number(), 1000));
    }
    if (flags & HasWeight)
        term.weight = int(std::min<std::uint64_t>(in.number(), 1'000'000));
    if (flags & HasLinks) {
        const auto count = std::min<std::uint64_t>(in.number(), 4096);
        term.links.reserve(count);
        for (std::uint64_t i = 0; i < count; ++i) {
            CodeLink link;
            link.system = systems.value(qsizetype(std::min<std::uint64_t>(in.number(), 0xFFFF)));
            link.code = in.text();
            term.links.push_back(std::move(link));
        }
    }
    return term;
}

RecordFacts readFacts(std::span<const unsigned char> bytes)
{
    ByteReader in(bytes);
    const auto flags = unsigned(in.number());
    RecordFacts facts;
    facts.complete = flags & Complete;
    if (flags & HasDates) {
        facts.validFrom = dayOf(in.number());
        facts.validTo = dayOf(in.number());
    }
    return facts;
}

namespace {
ByteReader atCode(std::span<const unsigned char> bytes)
{
    ByteReader in(bytes);
    if (unsigned(in.number()) & HasDates) {
        (void)in.number();
        (void)in.number();
    }
    return in;
}
} // namespace

int compareCode(std::span<const unsigned char> bytes, QStringView code)
{
    return atCode(bytes).compareText(code);
}

std::uint32_t readCodeHead(std::span<const unsigned char> bytes)
{
    return atCode(bytes).textHead();
}

QString readCode(std::span<const unsigned char> bytes)
{
    return atCode(bytes).text();
}

} // namespace naru::terminology
