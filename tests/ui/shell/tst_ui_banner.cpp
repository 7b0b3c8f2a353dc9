// The banner keeps its four identifiers whatever the type size, masks the resident number and shows hostile
// names as marks.
#include "core/clinical/forms/FieldValues.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/IdentityBanner.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace naru;

class TstUiBanner : public QObject {
    Q_OBJECT
    static clinical::Patient somebody()
    {
        clinical::Patient patient;
        patient.name = QStringLiteral("홍길동");
        patient.sex = clinical::Sex::Male;
        patient.birthDate = *base::Timestamp::parseAny(QStringLiteral("1961-03-02"));
        patient.localId = {QStringLiteral("1.2.3"), QStringLiteral("00123456")};
        patient.residentNumber = QStringLiteral("6103021234567");
        return patient;
    }
private Q_SLOTS:
    void theButtonSaysWhatItDoesNow()
    {
        ui::Theme theme;
        ui::IdentityBanner banner(theme);
        banner.setPatient(somebody());
        auto *reveal = banner.findChild<QPushButton *>(QStringLiteral("banner.reveal"));
        const QString show = reveal->accessibleName();
        reveal->click();
        QVERIFY2(reveal->accessibleName() != show, "a screen reader still hears that it shows the number");
        reveal->click();
        QCOMPARE(reveal->accessibleName(), show);
    }
    void aLongNameIsNotCutSilently()
    {
        ui::Theme theme;
        QWidget window; // a banner on its own would be as wide as it likes
        window.resize(3200, 400);
        ui::IdentityBanner banner(theme, false, &window);
        clinical::Patient patient = somebody();
        patient.name = QStringLiteral("무함마드 압둘라흐만 빈 하지 이스마일 알카타브 ").repeated(4).trimmed();
        banner.setPatient(patient);
        const auto *name = banner.findChild<QLabel *>(QStringLiteral("banner.name"));
        for (const int width : {600, 3000, 600}) {
            banner.resize(width, banner.heightForWidth(width));
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QTRY_VERIFY(
                banner.rect().contains(name->geometry()) && name->width() >= name->sizeHint().width());
            QCOMPARE(name->text().endsWith(QChar(0x2026)), width == 600);
            QVERIFY(banner.identity().contains(patient.name));
            QVERIFY(banner.accessibleName().contains(patient.name));
        }
    }
    void noKnownAllergyIsNoAllergy_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("display");
        QTest::addColumn<QString>("said");
        QTest::newRow("SNOMED CT") << QStringLiteral("716186003") << QString()
                                   << QStringLiteral("알레르기 없음");
        QTest::newRow("drugs") << QString() << QStringLiteral("NKDA") << QStringLiteral("약물 알레르기 없음");
        QTest::newRow("words") << QString() << QStringLiteral("알레르기 없음.")
                               << QStringLiteral("알레르기 없음");
        QTest::newRow("one word") << QString() << QStringLiteral("없음") << QStringLiteral("알레르기 없음");
        QTest::newRow("penicillin") << QString() << QStringLiteral("페니실린") << QString();
    }
    void noKnownAllergyIsNoAllergy()
    {
        QFETCH(QString, code);
        QFETCH(QString, display);
        QFETCH(QString, said);
        clinical::Allergy allergy;
        allergy.agent.code = code;
        allergy.agent.display = display;
        QCOMPARE(clinical::deniedAllergy(allergy, true), said);
        if (said.isEmpty())
            return;
        ui::Theme theme;
        ui::IdentityBanner banner(theme, true);
        banner.setAllergies(0);
        banner.setDeniedAllergies(said);
        QCOMPARE(banner.findChild<QLabel *>(QStringLiteral("banner.allergies"))->text(), said);
    }
    void fourIdentifiersAtAnySize_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<int>("width");
        QTest::newRow("normal") << 1.0 << 1366;
        QTest::newRow("24 pt") << 2.4 << 1366;
        QTest::newRow("24 pt, half the screen") << 2.4 << 683;
        QTest::newRow("small") << 0.8 << 800;
    }
    void fourIdentifiersAtAnySize()
    {
        QFETCH(double, zoom);
        QFETCH(int, width);
        ui::Theme theme;
        theme.setZoom(zoom);
        theme.applyTo(*qApp);
        ui::IdentityBanner banner(theme);
        banner.setPatient(somebody());
        banner.setLights({{clinical::Programme::Exchange, services::Light::Valid, {}, {}, {}},
            {clinical::Programme::ReferralReturn, services::Light::Expired, {}, {}, {}}});
        banner.setAllergies(2);
        banner.resize(width, banner.heightForWidth(width));
        banner.show();
        QVERIFY(QTest::qWaitForWindowExposed(&banner));
        for (const char *name :
            {"banner.name", "banner.sex", "banner.birth", "banner.chart", "banner.allergies"}) {
            auto *label = banner.findChild<QLabel *>(QString::fromLatin1(name));
            QVERIFY2(label && label->isVisible() && !label->text().isEmpty(), name);
            QVERIFY2(banner.rect().contains(label->geometry()), name);
            QVERIFY2(label->width() >= label->sizeHint().width(), name);
        }
        QVERIFY(banner.identity().contains(QStringLiteral("1961-03-02")));
        QVERIFY(banner.identity().contains(QStringLiteral("00123456")));
    }
    // Nothing handed over is not the same as no allergies.
    void noneRecordedIsNoNumber()
    {
        ui::Theme theme;
        theme.applyTo(*qApp);
        ui::IdentityBanner banner(theme);
        banner.setPatient(somebody());
        banner.setAllergies(0);
        auto *label = banner.findChild<QLabel *>(QStringLiteral("banner.allergies"));
        const QString none = label->text();
        QVERIFY(!none.isEmpty() && !none.contains(QLatin1Char('0')));
        banner.setAllergies(2);
        QVERIFY(label->text() != none && label->text().contains(QLatin1Char('2')));
    }
    void residentNumberIsMaskedAndRevealingIsTold()
    {
        ui::Theme theme;
        theme.applyTo(*qApp);
        ui::IdentityBanner banner(theme);
        banner.setPatient(somebody());
        banner.show();
        auto *number = banner.findChild<QLabel *>(QStringLiteral("banner.resident"));
        QCOMPARE(number->text(), QStringLiteral("610302-1******"));
        QSignalSpy revealed(&banner, &ui::IdentityBanner::revealed);
        banner.findChild<QPushButton *>(QStringLiteral("banner.reveal"))->click();
        QCOMPARE(revealed.count(), 1);
        QVERIFY(number->text().endsWith(QStringLiteral("1234567")));
        banner.hideSecrets();
        QCOMPARE(number->text(), QStringLiteral("610302-1******"));
    }
    void hostileNameBecomesMarks()
    {
        ui::Theme theme;
        theme.applyTo(*qApp);
        ui::IdentityBanner banner(theme);
        clinical::Patient patient = somebody();
        patient.name = QStringLiteral("<b>홍</b>") + QChar(0x202E) + QStringLiteral("동길");
        banner.setPatient(patient);
        const QString shown = banner.findChild<QLabel *>(QStringLiteral("banner.name"))->text();
        QVERIFY(!shown.contains(QChar(0x202E)));
        QVERIFY(shown.contains(QStringLiteral("<b>")));
        QCOMPARE(banner.findChild<QLabel *>(QStringLiteral("banner.name"))->textFormat(), Qt::PlainText);
    }
};

QTEST_MAIN(TstUiBanner)
#include "tst_ui_banner.moc"
