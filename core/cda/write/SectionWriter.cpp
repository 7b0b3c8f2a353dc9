#include "core/cda/write/SectionWriter.h"

#include "core/cda/Words.h"
#include "core/cda/write/ConsentWriter.h"
#include "core/cda/write/EntryWriter.h"
#include "core/cda/write/NarrativeWriter.h"
#include "core/clinical/forms/FormSpec.h"

namespace naru::cda {

using namespace clinical;

namespace {
class SectionWriter {
public:
    SectionWriter(XmlOut &out, const Document &document, const WriteProfile &profile)
        : m_out(out)
        , m_d(document)
        , m_profile(profile)
    {
    }

    void write(const QString &key, bool always)
    {
        const bool filled = isFilled(key);
        if (!filled && !always)
            return;
        const SectionTemplate *section = m_profile.section(key);
        const SectionTemplate fallback{key, {}, {}, {}};
        start(section ? *section : fallback, filled);
        if (filled)
            body(key);
        else
            m_out.leaf("paragraph", wordKo("label", QStringLiteral("noInformation")));
        m_out.end(); // text
        if (filled)
            entries(key);
        m_out.end().end();
    }

private:
    static QString rowId(const QString &key, std::size_t index)
    {
        return key + QLatin1Char('.') + QString::number(index + 1);
    }

    bool isFilled(const QString &key) const
    {
        const Content &c = m_d.content;
        bool filled = false;
        visitLists(c, [&](const char *name, const auto &list) {
            filled = filled || (key == QLatin1String(name) && !list.empty());
        });
        visitTexts(c, [&](const char *name, const Text &text) {
            filled = filled || (key == QLatin1String(name) && !text.isEmpty());
        });
        if (key == QLatin1String("reason"))
            return filled || !c.transfer.isEmpty() || !c.relay.isEmpty();
        if (key == QLatin1String("social"))
            return !c.social.isEmpty();
        if (key == QLatin1String("consent"))
            return m_d.consent.has_value();
        if (key == QLatin1String("signature"))
            return m_d.consent && !m_d.consent->signaturePng.isEmpty();
        if (key == QLatin1String("exception"))
            return m_d.exception != EmergencyException{};
        return filled;
    }

    void start(const SectionTemplate &section, bool filled)
    {
        m_out.setPlace(section.key);
        m_out.start("component")
            .start("section", {{"nullFlavor", filled ? QString() : QStringLiteral("NI")}});
        for (const QString &templateId : section.templateIds)
            m_out.id("templateId", {templateId, {}});
        m_out.coded("code", section.code);
        m_out.leaf("title", titleOf(section));
        m_out.start("text");
    }

    // The reason has another name in each form.
    QString titleOf(const SectionTemplate &section) const
    {
        if (section.key != QLatin1String("reason"))
            return section.code.display;
        switch (m_d.form) {
        case Form::Referral:
            return QStringLiteral("의뢰 사유");
        case Form::Return:
            return QStringLiteral("회송 사유");
        case Form::Emergency:
            return QStringLiteral("전원 사유");
        default:
            return section.code.display;
        }
    }

    void body(const QString &key)
    {
        visitTexts(m_d.content, [&](const char *name, const Text &text) {
            if (key != QLatin1String(name) || text.isEmpty())
                return;
            m_out.startMixed("paragraph", {{"ID", key + QStringLiteral(".1.text")}}).lines(text.text).end();
        });
        visitLists(m_d.content, [&](const char *name, const auto &list) {
            if (key == QLatin1String(name))
                tables(key, list);
        });
        if (key == QLatin1String("reason"))
            reasonDetails();
        else if (key == QLatin1String("social"))
            writeDetailTable(m_out, key, {rowId(key, 0), narrativeRow(m_d.content.social)});
        else if (key == QLatin1String("consent"))
            writeConsentText(m_out, m_d);
        else if (key == QLatin1String("signature"))
            writeSignatureText(m_out);
        else if (key == QLatin1String("exception"))
            writeExceptionText(m_out, m_d.exception, rowId(key, 0));
    }

    template <typename T> void tables(const QString &key, const std::vector<T> &list)
    {
        std::vector<NumberedRow> rows;
        for (std::size_t i = 0; i < list.size(); ++i)
            rows.push_back({rowId(key, i), narrativeRow(list[i])});
        writeTable(m_out, key, rows);
    }

    // Four tables by kind of test, each headed "검체검사 : 3 건"; rows keep the number of their entry.
    void tables(const QString &key, const std::vector<LabResult> &list)
    {
        for (const auto category : {LabResult::Category::Specimen, LabResult::Category::Pathology,
                 LabResult::Category::Radiology, LabResult::Category::Functional}) {
            std::vector<NumberedRow> rows;
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (list[i].category == category)
                    rows.push_back({rowId(key, i), narrativeRow(list[i])});
            }
            if (!rows.empty())
                writeTable(m_out, key, rows,
                    QStringLiteral("%1 : %2 %3")
                        .arg(wordKo("labCategory", categoryKey(category)))
                        .arg(rows.size())
                        .arg(wordKo("label", QStringLiteral("cases"))));
        }
    }

    void tables(const QString &key, const std::vector<ImageReading> &list)
    {
        for (std::size_t i = 0; i < list.size(); ++i)
            writeReadingList(m_out, {rowId(key, i), narrativeRow(list[i])});
    }

    void reasonDetails()
    {
        if (!m_d.content.transfer.isEmpty())
            writeDetailTable(m_out, QStringLiteral("transfer"),
                {QStringLiteral("transfer.1"), narrativeRow(m_d.content.transfer)});
        if (!m_d.content.relay.isEmpty())
            relayTable();
    }

    // Code and words; the code alone has the cell's ID.
    void relayTable()
    {
        static const QMap<QString, QString> sets{{QStringLiteral("status"), QStringLiteral("relayStatus")},
            {QStringLiteral("clinical"), QStringLiteral("relayClinical")},
            {QStringLiteral("nonClinical"), QStringLiteral("relayNonClinical")},
            {QStringLiteral("transferType"), QStringLiteral("relayTransferType")},
            {QStringLiteral("transferClinical"), QStringLiteral("relayTransferClinical")},
            {QStringLiteral("transferNonClinical"), QStringLiteral("relayTransferNonClinical")}};
        const NarrativeRow row = narrativeRow(m_d.content.relay);
        m_out.start("table", {{"border", QStringLiteral("1")}, {"ID", QStringLiteral("relay.1")}})
            .start("tbody");
        for (const Column &column : columnsOf(QStringLiteral("relay"))) {
            const QString value = row.value(column.field).text;
            if (value.isEmpty())
                continue;
            const QString words = choiceKo(sets.value(column.field), value);
            m_out.start("tr").leaf("th", column.ko).startMixed("td");
            m_out.startMixed("content", {{"ID", QStringLiteral("relay.1.") + column.field}})
                .lines(value)
                .end();
            if (words != value)
                m_out.text(QLatin1Char(' ') + words);
            m_out.end().end();
        }
        m_out.end().end();
    }

    void entries(const QString &key)
    {
        visitLists(m_d.content, [&](const char *name, const auto &list) {
            if (key != QLatin1String(name))
                return;
            for (std::size_t i = 0; i < list.size(); ++i)
                entry(list[i], key, i);
        });
        if (key == QLatin1String("vitals"))
            writeVitals(m_out, m_d.content.vitals, key);
        if (key == QLatin1String("social"))
            writeEntry(m_out, m_d.content.social, rowId(key, 0));
        if (key == QLatin1String("signature"))
            writeSignatureEntry(m_out, *m_d.consent);
        if (key == QLatin1String("exception"))
            writeEntry(m_out, m_d.exception, rowId(key, 0));
        if (key != QLatin1String("reason"))
            return;
        if (!m_d.content.transfer.isEmpty())
            writeEntry(m_out, m_d.content.transfer, QStringLiteral("transfer.1"));
        if (m_profile.relayAct && !m_d.content.relay.isEmpty())
            writeRelayAct(m_out, m_d.content.relay);
    }

    template <typename T> void entry(const T &value, const QString &key, std::size_t index)
    {
        m_out.setPlace(QStringLiteral("%1[%2]").arg(key).arg(index));
        if constexpr (!std::is_same_v<T, VitalSign>) // they share one organizer
            writeEntry(m_out, value, rowId(key, index));
    }

    XmlOut &m_out;
    const Document &m_d;
    const WriteProfile &m_profile;
};

// Every section that can hold content, for what the form's own list leaves out.
QStringList allKeys()
{
    QStringList keys{QStringLiteral("exception")};
    const Content none;
    visitTexts(none, [&](const char *name, const Text &) { keys.append(QLatin1String(name)); });
    visitLists(none, [&](const char *name, const auto &) { keys.append(QLatin1String(name)); });
    return keys << QStringLiteral("social") << QStringLiteral("consent") << QStringLiteral("signature");
}
} // namespace

void writeBody(
    XmlOut &out, const Document &document, const WriteProfile &profile, const FormTemplate &formTemplate)
{
    out.start("component").start("structuredBody");
    SectionWriter writer(out, document, profile);
    QStringList written;
    for (const QString &entry : formTemplate.sections) {
        const bool always = entry.endsWith(QLatin1Char('!'));
        const QString key = always ? entry.chopped(1) : entry;
        writer.write(key, always);
        written.append(key);
    }
    for (const QString &key : allKeys()) {
        if (!written.contains(key))
            writer.write(key, false);
    }
    out.end().end();
}

} // namespace naru::cda
