// A length that the user knows, drawn and typed; what is measured says so; and what was saved, deleted or
// calibrated is the same after the program was closed.
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/MeasurementList.h"
#include "ui/pages/imaging/ReadingText.h"
#include "ui/widgets/DataTable.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;

class TstUiCalibration : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ImageStoreFixture> m_fixture{};
    std::unique_ptr<ImagingPage> m_page{};
    Viewport *m_view = nullptr;

    void openPage()
    {
        m_page = m_fixture->open();
        m_view = m_page->grid().view(0);
        QTRY_COMPARE_WITH_TIMEOUT(m_view->provider() ? m_view->provider()->loadedCount() : 0, 5, 20000);
        QTRY_VERIFY(m_view->image().isReady()); // the window hears of it a turn later
    }
    void nextMorning()
    {
        m_page.reset();
        m_fixture->restart();
        openPage();
    }
    bool save()
    {
        QSignalSpy saved(m_page.get(), &Page::saved);
        return m_page->saveNow() && (!saved.isEmpty() || saved.wait(15000));
    }
    // Draws over 40 pixels and types the length with the keyboard.
    void calibrate(const QString &typed, bool series = false)
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the panel before
        QVERIFY(m_page->perform(QStringLiteral("tool.calibrate")));
        test::dragOn(m_view, {30, 40}, {70, 40});
        auto *field = m_page->findChild<QLineEdit *>(QStringLiteral("imaging.calibration.length"));
        QVERIFY(field);
        QVERIFY(test::unnamed(m_page.get()).isEmpty());
        if (series) {
            auto *scope = m_page->findChild<QComboBox *>(QStringLiteral("imaging.calibration.scope"));
            QTest::keyClick(scope, Qt::Key_Down);
            QCOMPARE(scope->currentIndex(), 1);
        }
        QTest::keyClicks(field, typed);
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-calibrate"));
        QTest::keyClick(field, Qt::Key_Return);
    }
    void measure() // 20 of those pixels
    {
        m_page->perform(QStringLiteral("tool.length"));
        test::dragOn(m_view, {80, 70}, {100, 70});
    }
    const Measurement &last() { return m_page->book().all().back(); }
    static bool isAbout(double value, double expected)
    {
        return std::abs(value - expected) <= 0.05 * expected;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::ImageStoreFixture>();
        test::TestStudy ct;
        ct.slices = 5;
        QVERIFY(m_fixture->store(ct));
        openPage();
        ViewTransform transform = m_view->transform();
        transform.setZoom(5);
        m_view->setTransform(transform);
    }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void aKnownLength()
    {
        measure();
        QVERIFY(isAbout(last().reading.value(), 15)); // 20 x 0.75 mm
        calibrate(QStringLiteral("80")); // 2 mm a pixel
        QVERIFY(isAbout(last().reading.value(), 40)); // what was there is measured again
        QCOMPARE(int(last().reading.calibration.source), int(imaging::CalibrationSource::Manual));
        const QString own = ReadingText::byUser(last().reading);
        QVERIFY(!own.isEmpty());
        auto &table = m_page->findChild<MeasurementList *>()->table();
        QVERIFY(
            table.model()->index(0, 1).data().toString().contains(ReadingText::calibration(last().reading)));
        QVERIFY(m_view->ownCalibration()); // the scale bar says the same
        table.setCurrentId(last().shape.id);
        const auto *detail = m_page->findChild<QLabel *>(QStringLiteral("imaging.measurements.detail"));
        QVERIFY(detail->text().contains(ReadingText::calibration(last().reading)));
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-calibrated"));
        QVERIFY(m_page->undo());
        QVERIFY(isAbout(last().reading.value(), 15));
        QVERIFY(ReadingText::byUser(last().reading).isEmpty());
        QVERIFY(m_page->redo());
        QVERIFY(isAbout(last().reading.value(), 40));
        QVERIFY(m_page->perform(QStringLiteral("calibration.remove")));
        QVERIFY(isAbout(last().reading.value(), 15));
        QVERIFY(!m_page->perform(QStringLiteral("calibration.remove"))); // says that there is nothing to do
    }
    void oneImageOrAll()
    {
        calibrate(QStringLiteral("80"));
        m_view->setIndex(0);
        measure();
        QVERIFY(isAbout(last().reading.value(), 15)); // another image
        calibrate(QStringLiteral("20,0"), true);
        QVERIFY(isAbout(last().reading.value(), 10));
        m_view->setIndex(4);
        measure();
        QVERIFY(isAbout(last().reading.value(), 10));
    }
    // Between drawing and typing the wheel turned: the line was drawn on the image before.
    void turnedBeforeTyping()
    {
        m_view->setIndex(1);
        QVERIFY(m_page->perform(QStringLiteral("tool.calibrate")));
        test::dragOn(m_view, {30, 40}, {70, 40});
        auto *field = m_page->findChild<QLineEdit *>(QStringLiteral("imaging.calibration.length"));
        QVERIFY(field);
        m_view->setIndex(3);
        QTest::keyClicks(field, QStringLiteral("80"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_page->book().now().own->size(), std::size_t(1));
        QVERIFY(!m_view->ownCalibration());
        m_view->setIndex(1);
        QVERIFY(m_view->ownCalibration());
    }
    void nonsenseIsAskedAgain()
    {
        for (const char *wrong : {"", "abc", "-3", "0", "1e9"}) {
            calibrate(QString::fromLatin1(wrong));
            QVERIFY2(m_page->findChild<QLabel *>(QStringLiteral("imaging.calibration.problem"))->isVisible(),
                wrong);
            QVERIFY(m_page->stepBack()); // Esc
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            QVERIFY(!m_page->findChild<QLineEdit *>(QStringLiteral("imaging.calibration.length")));
        }
        QCOMPARE(m_page->book().unsaved(), 0);
    }
    void calibrationsAndMeasurementsAfterRestart()
    {
        m_view->setIndex(2);
        calibrate(QStringLiteral("80"));
        measure();
        QVERIFY(save());
        QCOMPARE(m_page->book().unsaved(), 0);
        nextMorning();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->book().all().size(), std::size_t(1), 15000);
        QVERIFY(isAbout(last().reading.value(), 40));
        QCOMPARE(int(last().reading.calibration.source), int(imaging::CalibrationSource::Manual));
        QCOMPARE(m_page->book().now().own->size(), std::size_t(1));
        QCOMPARE(m_page->book().unsaved(), 0);
    }
    void deletedStaysDeleted()
    {
        measure();
        QVERIFY(save());
        m_view->setIndex(1);
        measure();
        QVERIFY(save());
        nextMorning();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->book().all().size(), std::size_t(2), 15000);
        while (!m_page->book().all().empty()) {
            m_page->book().select(last().shape.id);
            QTest::keyClick(m_view, Qt::Key_Delete);
        }
        QVERIFY(m_page->book().unsaved() > 0);
        QVERIFY(save());
        QCOMPARE(m_page->book().unsaved(), 0);
        nextMorning();
        QTest::qWait(700); // what is read comes a little later
        QVERIFY(m_page->book().all().empty());
        QCOMPARE(m_page->book().unsaved(), 0);
        measure(); // and a new one after that is kept again
        QVERIFY(save());
        nextMorning();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->book().all().size(), std::size_t(1), 15000);
    }
};

QTEST_MAIN(TstUiCalibration)
#include "tst_ui_calibration.moc"
