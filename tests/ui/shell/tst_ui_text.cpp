// Sentences and words: every code has a Korean sentence, arguments are filled, states never lack symbol and
// word.
#include "ui/text/Dates.h"
#include "ui/text/FieldTitles.h"
#include "ui/text/Sentences.h"
#include "ui/text/StartLanguage.h"
#include "ui/text/Words.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace naru;
using text::Language;

class TstUiText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstPageSpeaksTheProfilesOrTheSystemsLanguage()
    {
        const QTemporaryDir folder;
        const QString dir = folder.path();
        const QLocale korean(QStringLiteral("ko_KR")), english(QStringLiteral("en_US"));
        QCOMPARE(text::startLanguage({}, dir, korean), Language::Korean);
        QCOMPARE(text::startLanguage({}, dir, english), Language::English);
        QCOMPARE(text::startLanguage({}, dir, QLocale::c()), Language::Korean);
        text::rememberLanguage(dir, QStringLiteral("ko"));
        QCOMPARE(text::startLanguage({}, dir, english), Language::Korean);
        QCOMPARE(text::startLanguage(QStringLiteral("en"), dir, korean), Language::English);
        text::rememberLanguage(dir, QStringLiteral("system"));
        QCOMPARE(text::startLanguage({}, dir, english), Language::English);
        text::rememberLanguage(dir, QStringLiteral("../../etc/passwd of any length"));
        QCOMPARE(text::startLanguage({}, dir, korean), Language::Korean);
    }
    void everyCodeHasBothLanguages()
    {
        const QStringList codes = text::knownCodes();
        QVERIFY(codes.size() > 40);
        for (const QString &code : codes) {
            if (code == QLatin1String("ctl.Usage"))
                continue; // its sentence is its argument alone
            const QString ko = text::sentence(code, Language::Korean),
                          en = text::sentence(code, Language::English);
            QVERIFY2(ko != code && en != code && !ko.isEmpty() && !en.isEmpty(), qPrintable(code));
            bool hangul = false;
            for (const QChar letter : ko)
                hangul = hangul || letter.script() == QChar::Script_Hangul;
            QVERIFY2(hangul, qPrintable(code));
            QVERIFY2(!text::advice(code, Language::Korean).isEmpty(), qPrintable(code));
        }
    }
    void argumentsAreFilledAndMissingOnesLeaveNoMark()
    {
        base::Error error({"base.XmlBroken", 1});
        error.with(QStringLiteral("line"), QStringLiteral("12"))
            .with(QStringLiteral("what"), QStringLiteral("tag"));
        QCOMPARE(text::sentence(error, Language::Korean),
            QStringLiteral("XML 12번째 줄이 올바르지 않습니다: tag"));
        const QString bare = text::sentence(base::Error({"base.Io", 5}), Language::Korean);
        QVERIFY(!bare.contains(QLatin1Char('%')) && !bare.endsWith(QLatin1Char(':')));
    }
    // The outbox keeps codes alone: their sentences still need a subject.
    void aCodeAloneMakesASentence()
    {
        QCOMPARE(text::sentence(QStringLiteral("net.Reset"), Language::Korean),
            QStringLiteral("상대 시스템이(가) 연결을 끊었습니다"));
        QCOMPARE(text::sentence(QStringLiteral("net.HttpStatus"), Language::Korean),
            QStringLiteral("상대 시스템이(가) HTTP 상태 오류(으)로 응답했습니다"));
        QCOMPARE(text::sentence(QStringLiteral("net.TooLarge"), Language::Korean),
            QStringLiteral("상대 시스템의 응답이 허용 크기를 넘습니다"));
        for (const auto &[code, english] : {std::pair{"net.Reset", "The other side broke the connection"},
                 std::pair{"base.XmlBudget", "The XML exceeds a safety limit"}})
            QCOMPARE(text::sentence(QLatin1String(code), Language::English), QLatin1String(english));
    }
    void fieldsThatDifferAreNamedInTheLanguage()
    {
        const base::Error error({"services.PatientConflict", 1}, {},
            {{QStringLiteral("fields"), QStringLiteral("name, birthDate")}});
        QVERIFY(text::sentence(error, Language::Korean).contains(QStringLiteral("이름, 생년월일")));
        QVERIFY(text::sentence(error, Language::English).contains(QStringLiteral("name, date of birth")));
    }
    // What the readers of hand-overs leave out is told in the workstation too: each of their notes has words.
    void everyNoteOfAHandOverIsTranslated()
    {
        static const QRegularExpression call(
            QStringLiteral("\\bnote\\((?:[^;\"]|\"[^\"]*\")*\"([^\"]*)\"[^\"]*;"));
        int found = 0;
        const QDir readers(QStringLiteral(NARU_SOURCE_DIR "/core/handover"));
        for (const QString &name : readers.entryList({QStringLiteral("*.cpp")})) {
            QFile file(readers.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto calls = call.globalMatch(QString::fromUtf8(file.readAll()));
            while (calls.hasNext()) {
                const QString message = calls.next().captured(1);
                const QString said = text::handOverNote(message, Language::Korean);
                QVERIFY2(said.contains(QRegularExpression(QStringLiteral("[가-힣]"))), qPrintable(message));
                ++found;
            }
        }
        QVERIFY2(found >= 35, qPrintable(QString::number(found)));
        QCOMPARE(text::handOverNote(QStringLiteral("status: amended"), Language::Korean),
            QStringLiteral("상태: amended"));
    }
    void differencesAreNamedAsTheFormNamesThem()
    {
        const auto shown =
            text::titled({{QStringLiteral("reason"), {}, QStringLiteral("가")},
                             {QStringLiteral("recipients"), {}, QStringLiteral("1")},
                             {QStringLiteral("recipients[0].department"), {}, QStringLiteral("안과")},
                             {QStringLiteral("recipients[0].department.code"), {}, QStringLiteral("1200")},
                             {QStringLiteral("problems[1].code.code"), {}, QStringLiteral("I10")}},
                clinical::Form::Referral, Language::Korean);
        QStringList titles;
        for (const services::FieldDifference &difference : shown)
            titles.append(difference.field);
        QCOMPARE(titles,
            (QStringList{QStringLiteral("의뢰 사유"), QStringLiteral("수신 기관 1 · 진료과"),
                QStringLiteral("진단 2 · 진단명")}));
        QCOMPARE(text::fieldTitle(clinical::Form::Referral, QStringLiteral("newer.thing"), Language::Korean),
            QStringLiteral("newer.thing"));
    }
    // Why the system refuses, in the language of the sentence around it and in our words.
    void reasonsOfTheSystemAreTranslated()
    {
        base::Error error({"dimse.Tcp", 3}, QStringLiteral("Connection refused"),
            {{QStringLiteral("node"), QStringLiteral("PACS")},
                {QStringLiteral("why"), QStringLiteral("dimse.WhyRefused")}});
        QCOMPARE(text::sentence(error, Language::Korean),
            QStringLiteral("PACS에 연결할 수 없습니다: 이 포트에서 응답하는 프로그램이 없습니다"));
        QCOMPARE(text::sentence(error, Language::English),
            QStringLiteral("PACS cannot be reached: no program answers at this port"));
        error.arguments[QStringLiteral("why")] = QStringLiteral("errno 999");
        QVERIFY(text::sentence(error, Language::Korean).endsWith(QStringLiteral("errno 999")));
    }
    void causeBecomesTheWhy()
    {
        base::Error error({"services.Offline", 3});
        error.because(base::Error({"base.Io", 5}));
        const text::Explanation explained =
            text::explain(error, Language::Korean, QStringLiteral("조회하지 못했습니다"));
        QCOMPARE(explained.what, QStringLiteral("조회하지 못했습니다"));
        QVERIFY(explained.why.contains(QStringLiteral("파일")));
        QVERIFY(!explained.now.isEmpty());
        QVERIFY(explained.text().endsWith(QStringLiteral("(services.Offline)")));
    }
    void unknownCodeFallsBackToItsDetail()
    {
        QCOMPARE(text::sentence(base::Error({"future.Thing", 5}, QStringLiteral("detail")), Language::Korean),
            QStringLiteral("detail"));
    }
    void lightsHaveSymbolWordAndRole()
    {
        QStringList symbols;
        for (int i = 0; i <= int(services::Light::PendingRegistration); ++i) {
            const text::Word word = text::light(services::Light(i), Language::Korean);
            QVERIFY(!word.symbol.isEmpty() && !word.word.isEmpty() && !word.role.isEmpty());
            QVERIFY(word.symbol != QLatin1String("?"));
        }
        for (int i = 0; i <= int(services::OutboxState::Recalled); ++i)
            QVERIFY(!text::outboxState(services::OutboxState(i), Language::Korean).word.isEmpty());
        for (int i = 0; i <= int(clinical::Form::Withdrawal); ++i)
            QVERIFY(
                text::formName(clinical::Form(i), Language::Korean) != clinical::formKey(clinical::Form(i)));
        QCOMPARE(text::light(services::Light::Expired, Language::Korean).text(), QStringLiteral("✕ 만료"));
    }
    void fourKindsOfEmptyDiffer()
    {
        QStringList words;
        for (int i = 0; i <= int(services::SourceOutcome::NotAsked); ++i)
            words.append(text::sourceOutcome(services::SourceOutcome(i), Language::Korean).word);
        QCOMPARE(words.removeDuplicates(), 0);
    }
    void datesAreRelativeOnlyUnderADay()
    {
        const QDateTime now(QDate(2026, 11, 22), QTime(14, 0), Qt::UTC);
        QCOMPARE(text::relative(now.addSecs(-30), now, Language::Korean), QStringLiteral("방금"));
        QCOMPARE(text::relative(now.addSecs(-12 * 60), now, Language::Korean), QStringLiteral("12분 전"));
        QVERIFY(
            text::relative(now.addDays(-1), now, Language::Korean).startsWith(QStringLiteral("2026-11-2")));
        QVERIFY(text::relative(now.addSecs(60), now, Language::Korean).startsWith(QStringLiteral("2026-")));
        QCOMPARE(text::age(now.addDays(-2), now, Language::Korean), QStringLiteral("2일"));
    }
};

QTEST_GUILESS_MAIN(TstUiText)
#include "tst_ui_text.moc"
