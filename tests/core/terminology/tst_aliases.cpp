// The alias table as data: a row that leads nowhere, stands twice or is shaped wrongly is found here, and an
// abbreviation with several meanings must keep all of them, for nobody may guess one.
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/terminology/StarterTerms.h"
#include "resources/terms/aliasesTable.h"

#include <QHash>
#include <QSet>
#include <QTest>

using namespace naru;
using namespace naru::terminology;

namespace {
const QStringList systemNames{
    QStringLiteral("kcd"), QStringLiteral("atc"), QStringLiteral("loinc"), QStringLiteral("icd9cm")};

// What the search compares: Hangul, Latin letters and digits; case, blanks and marks do not count.
QString typed(const QString &text)
{
    QString out;
    for (const QChar c : text.toLower()) {
        const bool hangul =
            (c >= QChar(0xAC00) && c <= QChar(0xD7A3)) || (c >= QChar(0x3131) && c <= QChar(0x3163));
        const bool greek = c >= QChar(0x03B1) && c <= QChar(0x03C9);
        if (hangul || greek || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'))
            out += c;
    }
    return out;
}

bool hasHangul(const QString &text)
{
    for (const QChar c : text) {
        if (c >= QChar(0xAC00) && c <= QChar(0xD7A3))
            return true;
    }
    return false;
}

struct Row {
    QString alias{}, language{}, system{}, code{};
    int weight = 0;
    QString note{};
};
} // namespace

class tst_Aliases : public QObject {
    Q_OBJECT

private:
    std::vector<Row> m_rows{};
    QStringList m_misshapen{}; // rows without the six cells or with a weight that is no number
    QStringList m_columns{};
    QHash<QString, const Concept *> m_terms{}; // "kcd|E119"
    std::vector<Concept> m_starter{};

    QStringList codesOf(const QString &alias) const
    {
        QStringList out;
        for (const Row &row : m_rows) {
            if (typed(row.alias) == typed(alias))
                out.append(row.code);
        }
        return out;
    }
    // The code with the highest weight among those of `system` that this alias leads to.
    QString firstOf(const QString &alias, const QString &system) const
    {
        const Row *best = nullptr;
        for (const Row &row : m_rows) {
            if (row.system == system && typed(row.alias) == typed(alias)
                && (!best || row.weight > best->weight))
                best = &row;
        }
        return best ? best->code : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_starter = starterTerms();
        QHash<QString, QString> shortNames;
        for (const QString &name : systemNames)
            shortNames.insert(base::oid(name.toLatin1().constData()).text(), name);
        for (const Concept &term : m_starter)
            m_terms.insert(shortNames.value(term.system) + u'|' + term.code, &term);

        const base::TsvTable table = base::TsvTable::parse(tables::aliases);
        m_columns = table.columns();
        for (const QStringList &cells : table.rows()) {
            bool number = false;
            const int weight = cells.value(4).toInt(&number);
            if (cells.size() != 6 || !number)
                m_misshapen.append(cells.join(u'|'));
            m_rows.push_back(
                {cells.value(0), cells.value(1), cells.value(2), cells.value(3), weight, cells.value(5)});
        }
    }

    void columnsAndSize()
    {
        QCOMPARE(m_columns.join(u' '), QStringLiteral("alias language system code weight note"));
        QVERIFY2(m_misshapen.isEmpty(), qPrintable(m_misshapen.join(u'\n')));
        QVERIFY(m_rows.size() >= 1000);
    }

    void everyRowIsWellFormed()
    {
        for (const Row &row : m_rows) {
            const QString what = row.alias + u'|' + row.system + u'|' + row.code;
            QVERIFY2(!typed(row.alias).isEmpty(), qPrintable(what));
            QVERIFY2(row.alias == row.alias.simplified(), qPrintable(what));
            QVERIFY2(row.note == row.note.simplified(), qPrintable(what));
            QVERIFY2(systemNames.contains(row.system), qPrintable(what));
            QVERIFY2(row.weight >= 1 && row.weight <= 1000, qPrintable(what));
            const QString language = hasHangul(row.alias) ? QStringLiteral("ko") : row.language;
            QVERIFY2(row.language == language, qPrintable(what));
            QVERIFY2(language == u"ko" || language == u"en" || language == u"abbr", qPrintable(what));
            QVERIFY2(hasHangul(row.alias) || language != u"ko", qPrintable(what));
        }
    }

    void everyCodeIsInTheStarterTables()
    {
        QStringList lost;
        for (const Row &row : m_rows) {
            if (!m_terms.contains(row.system + u'|' + row.code))
                lost.append(row.alias + u' ' + row.system + u' ' + row.code);
        }
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(u'\n')));
    }

    // Blanks and case do not count when a doctor types, so they must not make a second row either.
    void noRowStandsTwice()
    {
        QSet<QString> seen;
        for (const Row &row : m_rows) {
            const QString key = typed(row.alias) + u'|' + row.system + u'|' + row.code;
            QVERIFY2(!seen.contains(key), qPrintable(key));
            seen.insert(key);
        }
    }

    void noAliasRepeatsTheNameOfItsTerm()
    {
        for (const Row &row : m_rows) {
            const Concept *term = m_terms.value(row.system + u'|' + row.code);
            QVERIFY(term);
            QVERIFY2(typed(row.alias) != typed(term->ko) && typed(row.alias) != typed(term->en),
                qPrintable(row.alias + u' ' + row.code));
        }
    }

    void everySystemHasItsWords()
    {
        QHash<QString, int> counts;
        for (const Row &row : m_rows)
            ++counts[row.system];
        QVERIFY(counts.value(QStringLiteral("kcd")) >= 1000);
        for (const QString &name : systemNames)
            QVERIFY2(counts.value(name) >= 300, qPrintable(name));
    }

    void ambiguousAbbreviations_data()
    {
        QTest::addColumn<QStringList>("codes");
        const auto row = [](const char *alias, const char *codes) {
            QTest::newRow(alias) << QString::fromLatin1(codes).split(u' ');
        };
        row("AS", "I350 M45 I709"); // aortic stenosis, ankylosing spondylitis, atherosclerosis
        row("MS", "G35 I050"); // multiple sclerosis, mitral stenosis
        row("PE", "I269 J90 O149 F524"); // embolism, effusion, pre-eclampsia, premature ejaculation
        row("CP", "R074 G809 K861 N411"); // chest pain, palsy, pancreatitis, prostatitis
        row("DI", "E232 T509"); // diabetes insipidus, drug intoxication
        row("MR", "I340 F79"); // mitral regurgitation, mental retardation
        row("PD", "G20 54.98 F410"); // Parkinson, peritoneal dialysis, panic disorder
        row("AR", "J304 I351"); // allergic rhinitis, aortic regurgitation
        row("AD", "L209 G309 I710"); // atopic dermatitis, Alzheimer, aortic dissection
        row("MI", "I219 I340"); // infarction, mitral insufficiency
        row("CD", "K509 L259"); // Crohn, contact dermatitis
        row("LC", "K746 51.23"); // cirrhosis, laparoscopic cholecystectomy
        row("UA", "I200 24356-8 3084-1"); // unstable angina, urinalysis, uric acid
        row("CS", "74.1 45.23"); // Caesarean section, colonoscopy
        row("RF", "11572-5 J969 N19"); // factor, respiratory, renal
        row("RA", "M069");
        row("MG", "G700 19123-9"); // myasthenia, magnesium
        row("CVA", "I64 I639 I619 J459"); // stroke of either kind, cough variant asthma
        row("HD", "39.95 G10 C819"); // dialysis, Huntington, Hodgkin
        row("TB", "A162 1975-2"); // tuberculosis, total bilirubin
        row("ASD", "Q211 F840 F430"); // septal defect, autism, acute stress
        row("BPD", "P271 F603"); // lung of the newborn, borderline
        row("PTA", "28615-3 39.50 J36"); // audiometry, angioplasty, peritonsillar abscess
        row("CFS", "45.23 G933"); // colonoscopy, chronic fatigue
        row("AML", "C920 D300"); // leukaemia, angiomyolipoma
        row("SDH", "S065 I620"); // traumatic or not
        row("IBS", "K589 K580");
    }
    void ambiguousAbbreviations()
    {
        QFETCH(QStringList, codes);
        const QStringList known = codesOf(QString::fromUtf8(QTest::currentDataTag()));
        for (const QString &code : codes)
            QVERIFY2(known.contains(code),
                qPrintable(code + QStringLiteral(" is lost, left: ") + known.join(u' ')));
    }

    // The plain word, without more said, leads to the code without more said.
    void plainWords_data()
    {
        QTest::addColumn<QString>("system");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *alias, const char *system, const char *code) {
            QTest::newRow(alias) << QString::fromLatin1(system) << QString::fromLatin1(code);
        };
        row("고혈압", "kcd", "I10");
        row("HTN", "kcd", "I10");
        row("당뇨", "kcd", "E119");
        row("감기", "kcd", "J00");
        row("치매", "kcd", "F03");
        row("뇌졸중", "kcd", "I64");
        row("심부전", "kcd", "I509");
        row("위궤양", "kcd", "K259");
        row("폐렴", "kcd", "J189");
        row("타이레놀", "atc", "N02BE01");
        row("TKR", "icd9cm", "81.54");
        row("C/S", "icd9cm", "74.1");
        row("HbA1c", "loinc", "4548-4");
        row("EKG", "loinc", "11524-6");
    }
    void plainWords()
    {
        QFETCH(QString, system);
        QFETCH(QString, code);
        QCOMPARE(firstOf(QString::fromUtf8(QTest::currentDataTag()), system), code);
    }
};

QTEST_APPLESS_MAIN(tst_Aliases)
#include "tst_aliases.moc"
