#include "core/cda/read/ContentReader.h"

#include "core/base/Oid.h"
#include "core/cda/Words.h"
#include "core/cda/read/EntryReader.h"
#include "core/clinical/forms/Fields.h"

namespace naru::cda {

using base::XmlElement;
using namespace clinical;

namespace {
// Elements of that name anywhere below, statements only, in document order.
void collect(const XmlElement &element, const char *name, std::vector<const XmlElement *> &out)
{
    for (const XmlElement &child : element.children) {
        if (child.name == QLatin1String(name))
            out.push_back(&child);
        else if (isStatement(child.name) || child.name == QLatin1String("entryRelationship")
            || child.name == QLatin1String("component"))
            collect(child, name, out);
    }
}

class Recovery {
public:
    Recovery(const SectionSource &source, Document &document)
        : m_source(source)
        , m_anchors(source.narrative->anchors)
        , m_content(document.content)
        , m_document(document)
    {
    }

    void run()
    {
        visitTexts(m_content, [this](const char *name, Text &text) {
            if (m_source.key == QLatin1String(name))
                readTextSection(text);
        });
        const std::size_t before = m_content.readings.size(); // each reading may be a section of its own
        for (const XmlElement *entry : m_source.element->all(QLatin1String("entry")))
            readEntry(*entry);
        if (m_source.key == QLatin1String("readings"))
            readingsFromLists(before);
        if (m_source.key == QLatin1String("social"))
            overlay(QStringLiteral("social.1"), nullptr, m_content.social);
        if (m_source.key == QLatin1String("exception"))
            exceptionFromNarrative();
    }

private:
    QString cell(const QString &id) const { return m_anchors.value(id).text; }

    void readTextSection(Text &text)
    {
        const QString id = m_source.key + QStringLiteral(".1.text");
        if (m_anchors.contains(id)) {
            text.text = cell(id);
        } else if (!m_anchors.contains(QStringLiteral("relay.1"))
            && !m_anchors.contains(QStringLiteral("transfer.1"))
            && attributeOf(m_source.element, "nullFlavor").isEmpty()) {
            text.text = plainText(m_source.narrative->blocks);
        }
        if (m_source.key != QLatin1String("reason"))
            return;
        overlay(QStringLiteral("relay.1"), nullptr, m_content.relay);
        overlay(QStringLiteral("transfer.1"), nullptr, m_content.transfer);
    }

    void readEntry(const XmlElement &entry)
    {
        const QString &key = m_source.key;
        if (key == QLatin1String("problems"))
            each(entry, "observation", [this](const XmlElement &e, const QString &id) { problem(e, id); });
        else if (key == QLatin1String("medications"))
            each(entry, "substanceAdministration",
                [this](const XmlElement &e, const QString &id) { medication(e, id, m_content.medications); });
        else if (key == QLatin1String("dischargeMedications"))
            each(entry, "substanceAdministration", [this](const XmlElement &e, const QString &id) {
                medication(e, id, m_content.dischargeMedications);
            });
        else if (key == QLatin1String("labs"))
            labs(entry);
        else if (key == QLatin1String("procedures"))
            each(entry, "procedure", [this](const XmlElement &e, const QString &id) { procedure(e, id); });
        else if (key == QLatin1String("allergies"))
            each(entry, "observation", [this](const XmlElement &e, const QString &id) { allergy(e, id); });
        else if (key == QLatin1String("immunizations"))
            each(entry, "substanceAdministration",
                [this](const XmlElement &e, const QString &id) { immunization(e, id); });
        else if (key == QLatin1String("vitals"))
            each(entry, "observation", [this](const XmlElement &e, const QString &id) { vital(e, id); });
        else if (key == QLatin1String("infections"))
            each(entry, "observation", [this](const XmlElement &e, const QString &id) { infection(e, id); });
        else if (key == QLatin1String("readings"))
            each(entry, "observation", [this](const XmlElement &e, const QString &id) { reading(e, id); });
        else if (key == QLatin1String("social"))
            each(entry, "observation", [this](const XmlElement &e, const QString &) { social(e); });
        else if (key == QLatin1String("reason"))
            reasonEntry(entry);
        else if (key == QLatin1String("exception"))
            m_document.exception.decidedAt = readTime(pathOf(&entry, {"act", "effectiveTime"}));
    }

    // The outermost elements of that name with the row each points at; further facts nested in them are not
    // rows.
    template <typename F> void each(const XmlElement &entry, const char *name, F &&f)
    {
        std::vector<const XmlElement *> found;
        collect(entry, name, found);
        for (const XmlElement *element : found)
            f(*element, referenceId(childOf(element, "text")));
    }

    // Text of our own cells, English names, and times that only a nested observation has.
    template <typename T> void overlay(const QString &rowId, const XmlElement *element, T &value)
    {
        if (rowId.isEmpty())
            return;
        visitFields(value, [&](const char *name, auto &field) {
            using Field = std::remove_reference_t<decltype(field)>;
            const QString id = rowId + QLatin1Char('.') + QLatin1String(name);
            if constexpr (std::is_same_v<Field, QString>) {
                if (const QString text = cell(id); !text.isEmpty())
                    field = text;
            } else if constexpr (std::is_same_v<Field, bool>) {
                field = cell(id) == wordKo("flag", QStringLiteral("main"));
            } else if constexpr (std::is_same_v<Field, CodedValue>) {
                field.displayEn = cell(id + QStringLiteral(".en"));
            } else {
                if (const XmlElement *detail = element ? detailOf(*element, id) : nullptr)
                    field = readTime(childOf(detail, "effectiveTime"));
            }
        });
    }

    static const XmlElement *detailOf(const XmlElement &element, const QString &id)
    {
        for (const XmlElement *relation : element.all(QLatin1String("entryRelationship"))) {
            const XmlElement *observation = childOf(relation, "observation");
            if (observation && referenceId(childOf(observation, "text")) == id)
                return observation;
        }
        return nullptr;
    }

    CodedValue coded(const XmlElement *element) const { return readCoded(element, &m_anchors); }

    // Value of a nested observation reached over this relation (severity, reaction).
    QString related(const XmlElement &element, const char *typeCode) const
    {
        for (const XmlElement *relation : element.all(QLatin1String("entryRelationship"))) {
            if (attributeOf(relation, "typeCode") == QLatin1String(typeCode))
                return readValue(pathOf(relation, {"observation", "value"}), &m_anchors).text;
        }
        return {};
    }

    void problem(const XmlElement &e, const QString &id)
    {
        Problem p;
        p.code = coded(childOf(&e, "value"));
        p.onset = readTime(childOf(&e, "effectiveTime"));
        overlay(id, &e, p);
        if (!id.isEmpty() || !p.code.isEmpty())
            m_content.problems.push_back(std::move(p));
    }

    void medication(const XmlElement &e, const QString &id, std::vector<Medication> &list)
    {
        Medication m;
        m.code = coded(pathOf(&e, {"consumable", "manufacturedProduct", "manufacturedMaterial", "code"}));
        if (m.code.isEmpty() && m.code.translations.empty())
            m.code.originalText =
                readText(pathOf(&e, {"consumable", "manufacturedProduct", "manufacturedMaterial", "name"}));
        for (const XmlElement *time : e.all(QLatin1String("effectiveTime"))) {
            if (const XmlElement *period = time->child(QLatin1String("period"))) {
                if (attributeOf(period, "unit") == QLatin1String("d"))
                    m.days = attributeOf(period, "value");
            } else if (m.start.isNull()) {
                m.start = readTime(time);
            }
        }
        m.timesPerDay = attributeOf(childOf(&e, "repeatNumber"), "value");
        const ReadValue dose = readValue(childOf(&e, "doseQuantity"));
        m.doseValue = dose.text;
        m.doseUnit = dose.unit;
        m.usage = readText(childOf(&e, "text"));
        overlay(id, &e, m);
        list.push_back(std::move(m));
    }

    void labs(const XmlElement &entry)
    {
        const XmlElement *organizer = childOf(&entry, "organizer");
        const auto category = categoryFrom(readIdentifier(childOf(organizer, "id")).extension);
        each(entry, "observation", [&](const XmlElement &e, const QString &id) {
            LabResult r;
            r.category = category;
            r.code = coded(childOf(&e, "code"));
            r.item = readText(childOf(&e, "text"));
            r.time = readTime(childOf(&e, "effectiveTime"));
            if (r.time.isNull())
                r.time = readTime(childOf(organizer, "effectiveTime"));
            const ReadValue value = readValue(childOf(&e, "value"), &m_anchors);
            r.value = value.text;
            r.unit = value.unit;
            r.interpretation = attributeOf(childOf(&e, "interpretationCode"), "code");
            r.laboratory =
                readText(pathOf(&e, {"performer", "assignedEntity", "representedOrganization", "name"}));
            const XmlElement *range = pathOf(&e, {"referenceRange", "observationRange"});
            r.referenceRange = readText(childOf(range, "text"));
            if (r.referenceRange.isEmpty())
                r.referenceRange = readValue(childOf(range, "value"), &m_anchors).text;
            r.viewerUrl = m_source.narrative->links.value(id);
            r.accessionNumber = m_source.narrative->links.value(id + QStringLiteral("#rel"));
            r.kosUid = m_source.narrative->links.value(id + QStringLiteral("#rev"));
            overlay(id, &e, r);
            m_content.labs.push_back(std::move(r));
        });
    }

    void procedure(const XmlElement &e, const QString &id)
    {
        Procedure p;
        p.code = coded(childOf(&e, "code"));
        p.time = readTime(childOf(&e, "effectiveTime"));
        for (const XmlElement *relation : e.all(QLatin1String("entryRelationship"))) {
            if (attributeOf(relation, "typeCode") == QLatin1String("RSON"))
                p.diagnosis = coded(pathOf(relation, {"observation", "value"}));
        }
        overlay(id, &e, p);
        m_content.procedures.push_back(std::move(p));
    }

    void allergy(const XmlElement &e, const QString &id)
    {
        Allergy a;
        a.kind = coded(childOf(&e, "value"));
        a.agent = coded(pathOf(&e, {"participant", "participantRole", "playingEntity", "code"}));
        if (a.agent.isEmpty() && a.agent.translations.empty())
            a.agent.originalText =
                readText(pathOf(&e, {"participant", "participantRole", "playingEntity", "name"}));
        a.time = readTime(childOf(&e, "effectiveTime"));
        a.reaction = related(e, "MFST");
        overlay(id, &e, a);
        m_content.allergies.push_back(std::move(a));
    }

    void immunization(const XmlElement &e, const QString &id)
    {
        Immunization i;
        i.code = coded(pathOf(&e, {"consumable", "manufacturedProduct", "manufacturedMaterial", "code"}));
        i.time = readTime(childOf(&e, "effectiveTime"));
        i.dose = attributeOf(childOf(&e, "repeatNumber"), "value");
        overlay(id, &e, i);
        m_content.immunizations.push_back(std::move(i));
    }

    void vital(const XmlElement &e, const QString &id)
    {
        VitalSign v;
        v.code = coded(childOf(&e, "code"));
        v.time = readTime(childOf(&e, "effectiveTime"));
        const ReadValue value = readValue(childOf(&e, "value"), &m_anchors);
        v.value = value.text;
        v.unit = value.unit;
        overlay(id, &e, v);
        m_content.vitals.push_back(std::move(v));
    }

    void infection(const XmlElement &e, const QString &id)
    {
        InfectiousDisease d;
        d.code = coded(childOf(&e, "value"));
        d.onset = readTime(childOf(&e, "effectiveTime"));
        overlay(id, &e, d);
        m_content.infections.push_back(std::move(d));
    }

    void reading(const XmlElement &e, const QString &id)
    {
        ImageReading r;
        r.code = coded(childOf(&e, "code"));
        r.examined = readTime(childOf(&e, "effectiveTime"));
        r.conclusion = readValue(childOf(&e, "value"), &m_anchors).text;
        r.reader = readPersonName(pathOf(&e, {"author", "assignedAuthor", "assignedPerson"}));
        r.read = readTime(pathOf(&e, {"author", "time"}));
        overlay(id, &e, r);
        m_content.readings.push_back(std::move(r));
    }

    // The ten-position list of other makers of the form, one a reading. Where there are entries as well, it
    // says what they cannot: which study it is.
    void readingsFromLists(std::size_t at)
    {
        for (const Block &block : m_source.narrative->blocks) {
            if (block.kind != Block::Kind::List || block.items.size() < 10)
                continue;
            if (at == m_content.readings.size())
                m_content.readings.emplace_back();
            completeReading(m_content.readings[at++], block);
        }
    }

    static void completeReading(ImageReading &r, const Block &list)
    {
        const auto at = [&list](std::size_t i) {
            std::vector<Block> value;
            for (const Block &block : list.items[i].blocks) {
                if (block.kind != Block::Kind::Caption) // a label, not the value
                    value.push_back(block);
            }
            return plainText(value).trimmed();
        };
        const auto text = [&at](std::size_t i, QString &out) {
            if (out.isEmpty())
                out = at(i);
        };
        const auto time = [&at](std::size_t i, base::Timestamp &out) {
            if (out.isNull())
                out = base::Timestamp::parseAny(at(i)).valueOr({});
        };
        time(0, r.examined);
        time(1, r.read);
        text(2, r.reader);
        text(3, r.imageUrl);
        text(4, r.studyUid);
        text(5, r.seriesUid);
        text(6, r.sopUid);
        text(7, r.conclusion);
        if (r.code.isEmpty()) { // never half of one code and half of another
            text(8, r.code.code);
            text(9, r.code.display);
        }
    }

    void social(const XmlElement &e)
    {
        const bool smoking = attributeOf(childOf(&e, "code"), "code") == QLatin1String("72166-2");
        (smoking ? m_content.social.smoking : m_content.social.drinking) = coded(childOf(&e, "value"));
    }

    void reasonEntry(const XmlElement &entry)
    {
        if (const XmlElement *encounter = childOf(&entry, "encounter")) {
            m_content.transfer.arrived = readTime(childOf(encounter, "effectiveTime"));
            m_content.transfer.transferred = readHigh(childOf(encounter, "effectiveTime"));
        }
        const XmlElement *act = childOf(&entry, "act");
        const QStringList positions =
            (act ? act->value(QLatin1String("text")) : QString()).split(QStringLiteral("||&"));
        if (positions.size() != 6 || !m_content.relay.isEmpty())
            return;
        m_content.relay = {
            positions[0], positions[1], positions[2], positions[3], positions[4], positions[5]};
    }

    void exceptionFromNarrative()
    {
        EmergencyException &e = m_document.exception;
        e.which = exceptionFrom(wordValue("exceptionCase", cell(QStringLiteral("exception.1.which"))));
        e.explanation = cell(QStringLiteral("exception.1.explanation"));
        e.decidedBy = cell(QStringLiteral("exception.1.decidedBy"));
    }

    const SectionSource &m_source;
    const Anchors &m_anchors;
    Content &m_content;
    Document &m_document;
};
} // namespace

void recoverContent(const SectionSource &source, Document &document)
{
    Recovery(source, document).run();
}

void recoverConsent(const XmlElement &root, const Anchors &anchors, Document &document)
{
    ConsentStatement s;
    const XmlElement *event = pathOf(&root, {"documentationOf", "serviceEvent"});
    s.policy = attributeOf(childOf(event, "code"), "code");
    s.date = readTime(childOf(event, "effectiveTime"));
    s.validUntil = readHigh(childOf(event, "effectiveTime"));
    const QString prefix = QStringLiteral("consent.1.");
    const auto cell = [&](const QString &name) { return anchors.value(prefix + name).text; };
    visitConsentTexts(s, [&](const char *name, QString &text) { text = cell(QLatin1String(name)); });
    for (const Programme programme : {Programme::Exchange, Programme::ReferralReturn, Programme::Imaging}) {
        if (anchors.contains(prefix + QStringLiteral("programmes.") + programmeKey(programme)))
            s.programmes.push_back(programme);
    }
    QString signer = cell(QStringLiteral("signer"));
    if (signer.isEmpty()) { // "…: 본인" of other makers
        const QString line = anchors.value(QStringLiteral("relationship")).text;
        signer = line.mid(line.lastIndexOf(QLatin1Char(':')) + 1).trimmed();
    }
    s.signer = signer.isEmpty() ? ConsentStatement::Signer::Self : signerFrom(wordValue("signer", signer));
    const QString agreed = wordKo("flag", QStringLiteral("agreed"));
    s.agreedProvision = cell(QStringLiteral("agreedProvision")) == agreed;
    s.agreedSensitive = cell(QStringLiteral("agreedSensitive")) == agreed;
    for (int i = 1; anchors.contains(prefix + QStringLiteral("departments.%1.code").arg(i)); ++i)
        s.excludedDepartments.push_back({cell(QStringLiteral("departments.%1.code").arg(i)),
            cell(QStringLiteral("departments.%1.name").arg(i))});
    for (int i = 1; anchors.contains(prefix + QStringLiteral("institutions.%1.oid").arg(i)); ++i) {
        Institution institution;
        institution.oid = cell(QStringLiteral("institutions.%1.oid").arg(i));
        institution.name = cell(QStringLiteral("institutions.%1.name").arg(i));
        if (institution.oid.startsWith(base::oid("institutionRoot").text() + QLatin1Char('.')))
            institution.number = institution.oid.section(QLatin1Char('.'), -1);
        s.withdrawnInstitutions.push_back(std::move(institution));
    }
    document.consent = std::move(s);
}

} // namespace naru::cda
