// A study saved without the patient from the viewer: nothing of her is in the files, what stays was ticked,
// and what a person must look at is said.
#include "core/services/AuditService.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "ui/pages/imaging/AnonymisePanel.h"
#include "ui/pages/imaging/FolderSource.h"
#include "ui/widgets/MessageStrip.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;

class TstUiAnonymise : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ImageStoreFixture> m_fixture{};
    std::unique_ptr<ImagingPage> m_page{};
    QTemporaryDir m_folder{};

    AnonymisePanel *panel() const { return m_page->findChild<AnonymisePanel *>(); }
    QString said() const
    {
        QStringList out;
        for (const MessageStrip *strip : m_page->findChildren<MessageStrip *>()) {
            if (strip->isVisible())
                out.append(strip->sentence());
        }
        return out.join(QLatin1Char('|'));
    }
    void open()
    {
        test::TestStudy ct;
        ct.slices = 3;
        QVERIFY(m_fixture->store(ct));
        m_page = m_fixture->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->grid().view(0)->image().isReady(), 15000);
        QVERIFY(m_page->perform(QStringLiteral("image.anonymise")));
        QVERIFY(panel() && panel()->isVisible());
    }
    // All that the files say, for a search.
    QByteArray contents(const QString &folder, int files) const
    {
        QByteArray all;
        const QStringList names = QDir(folder).entryList(QDir::Files);
        if (names.size() != files)
            return {};
        for (const QString &name : names) {
            QFile file(QDir(folder).filePath(name));
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<test::ImageStoreFixture>(); }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void nothingOfThePatientIsLeft()
    {
        open();
        QCOMPARE(test::unnamed(panel()), QStringList());
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-anonymise"));
        const QString target = m_folder.filePath(QStringLiteral("out"));
        QSignalSpy saved(panel(), &AnonymisePanel::saved);
        panel()->saveTo(target);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, 20000);
        QCOMPARE(saved.first().first().toInt(), 3);
        const QByteArray all = contents(target, 3);
        QVERIFY(!all.isEmpty());
        for (const char *hers :
            {"KIM^NARU", "\xEA\xB9\x80", "00123456", "19610302", "20261118", "2.25.1001", "Severance"})
            QVERIFY2(!all.contains(hers), hers);
        QVERIFY(all.contains("1.2.840.10008.5.1.4.1.1.2")); // and still an image
        QVERIFY(!said().isEmpty());
        QTRY_VERIFY(!panel());
        const auto rows = m_fixture->profile->audit().list(50);
        QVERIFY(std::any_of(rows.begin(), rows.end(),
            [](const services::AuditRow &row) { return row.event == QLatin1String("image.export"); }));
    }
    void whatIsTickedStays()
    {
        open();
        for (const char *name : {"imaging.anonymise.dates", "imaging.anonymise.uids"})
            m_page->findChild<QCheckBox *>(QLatin1String(name))->click();
        QVERIFY(panel()->options().keepDates && panel()->options().keepUids);
        QVERIFY(!panel()->options().keepInstitution);
        QSignalSpy saved(panel(), &AnonymisePanel::saved);
        const QString target = m_folder.filePath(QStringLiteral("dated"));
        panel()->saveTo(target);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, 20000);
        const QByteArray all = contents(target, 3);
        QVERIFY(all.contains("20261118") && all.contains("2.25.1001"));
        QVERIFY(!all.contains("KIM^NARU") && !all.contains("Severance"));
    }
    void aFolderWithSomethingInIt()
    {
        open();
        const QString target = m_folder.filePath(QStringLiteral("used"));
        QVERIFY(QDir().mkpath(target));
        QFile other(QDir(target).filePath(QStringLiteral(".hidden")));
        QVERIFY(other.open(QIODevice::WriteOnly));
        panel()->saveTo(target);
        QTRY_VERIFY_WITH_TIMEOUT(!said().isEmpty(), 20000);
        QVERIFY(panel()); // another may be chosen
        QVERIFY(contents(target, 0).isEmpty());
        QVERIFY(m_page->stepBack()); // Esc
        QVERIFY(!panel());
    }
    void aDiscIsOnlyLookedAt()
    {
        test::TestStudy ct;
        ct.slices = 2;
        ct.write(m_folder.filePath(QStringLiteral("disc")));
        m_page = std::make_unique<ImagingPage>(*m_fixture->context, m_fixture->patient,
            std::make_shared<FolderSource>(
                m_folder.filePath(QStringLiteral("disc")), test::decoderOptions()));
        m_page->resize(1000, 700);
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->grid().view(0)->image().isReady(), 15000);
        m_page->perform(QStringLiteral("image.anonymise"));
        QVERIFY(!panel());
        QVERIFY(!said().isEmpty());
    }
};

QTEST_MAIN(TstUiAnonymise)
#include "tst_ui_anonymise.moc"
