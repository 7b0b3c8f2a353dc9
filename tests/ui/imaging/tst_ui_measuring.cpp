// Measuring with the mouse: what is known to be 40 pixels wide measures 40 pixels at any zoom and on any
// screen; undo, saving, the list.
#include "tests/ui/compose/Fixture.h"
#include "tests/ui/imaging/TestStudy.h"
#include "ui/pages/imaging/FolderSource.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/KeyImages.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/MeasurementKeeper.h"
#include "ui/pages/imaging/MeasurementList.h"
#include "ui/pages/imaging/ReadingText.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

using namespace naru;
using namespace naru::ui;

class TstUiMeasuring : public QObject {
    Q_OBJECT
    std::unique_ptr<test::Fixture> m_fixture{};
    std::unique_ptr<QTemporaryDir> m_folder{};
    std::unique_ptr<ImagingPage> m_page{};
    Viewport *m_view = nullptr;

    void drag(const QPointF &fromImage, const QPointF &toImage)
    {
        const QPoint from = m_view->transform().map(fromImage).toPoint();
        const QPoint to = m_view->transform().map(toImage).toPoint();
        QTest::mousePress(m_view, Qt::LeftButton, {}, from);
        QTest::mouseMove(m_view, (from + to) / 2);
        QTest::mouseMove(m_view, to);
        QTest::mouseRelease(m_view, Qt::LeftButton, {}, to);
    }
    const Measurement &last() { return m_page->book().all().back(); }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_folder = std::make_unique<QTemporaryDir>();
        test::TestStudy ct;
        ct.slices = 5;
        ct.write(m_folder->path());
        m_page = std::make_unique<ImagingPage>(*m_fixture->context, m_fixture->patient,
            std::make_shared<FolderSource>(m_folder->path(), test::decoderOptions()));
        m_page->resize(1300, 800);
        m_page->show();
        m_view = m_page->grid().view(0);
        QTRY_COMPARE_WITH_TIMEOUT(m_view->provider() ? m_view->provider()->loadedCount() : 0, 5, 15000);
        QTRY_VERIFY(m_view->image().isReady()); // the window hears of it a turn later
    }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
        m_folder.reset();
    }

    void lengthAtEveryZoom_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<int>("turns");
        QTest::newRow("fit") << 0.0 << 0;
        QTest::newRow("three") << 3.0 << 1;
        QTest::newRow("between") << 4.37 << 3;
        QTest::newRow("six") << 6.0 << 2;
    }
    void lengthAtEveryZoom()
    {
        QFETCH(const double, zoom);
        QFETCH(const int, turns);
        ViewTransform transform = m_view->transform();
        transform.rotate(turns);
        if (zoom > 0)
            transform.setZoom(zoom);
        m_view->setTransform(transform);
        m_page->perform(QStringLiteral("tool.length"));
        drag({30, 40}, {70, 40}); // the square's sides
        QCOMPARE(m_page->book().all().size(), std::size_t(1));
        const imaging::Quantity *length = last().reading.find("length");
        QVERIFY(length);
        QCOMPARE(length->unit, QStringLiteral("mm"));
        QVERIFY2(
            std::abs(length->value - 40 * 0.75) <= 0.5 * 0.75, qPrintable(QString::number(length->value)));
        QCOMPARE(int(last().reading.calibration.source), int(imaging::CalibrationSource::PixelSpacing));
    }
    void areasKnowTheirValues()
    {
        ViewTransform transform = m_view->transform();
        transform.setZoom(5);
        m_view->setTransform(transform);
        m_view->setIndex(3);
        m_page->perform(QStringLiteral("tool.rectangle"));
        drag({32, 22}, {68, 58});
        QVERIFY(last().reading.statistics.has_value());
        QCOMPARE(last().reading.statistics->mean, 103.0); // 100 HU + slice 3
        QCOMPARE(last().reading.statistics->deviation, 0.0);
        QCOMPARE(last().reading.statistics->unit, QStringLiteral("HU"));
        m_page->perform(QStringLiteral("tool.ellipse"));
        drag({90, 70}, {110, 90});
        QCOMPARE(last().reading.statistics->mean, 0.0);
        QVERIFY(!ReadingText::lines(last().reading).isEmpty());
        m_page->perform(QStringLiteral("tool.angle"));
        drag({90, 20}, {100, 20});
        QTest::mouseMove(m_view, m_view->transform().map(QPointF(100, 30)).toPoint());
        QTest::mouseClick(m_view, Qt::LeftButton, {}, m_view->transform().map(QPointF(100, 30)).toPoint());
        QCOMPARE(int(last().shape.kind), int(imaging::ShapeKind::Angle));
        QVERIFY(std::abs(last().reading.value() - 90) < 2);
        m_page->perform(QStringLiteral("tool.arrow"));
        drag({100, 60}, {110, 65});
        QCOMPARE(int(last().shape.kind), int(imaging::ShapeKind::Arrow));
        m_page->perform(QStringLiteral("tool.probe"));
        QTest::mouseClick(m_view, Qt::LeftButton, {}, m_view->transform().map(QPointF(80.5, 30.5)).toPoint());
        QCOMPARE(last().reading.value(), 0.0);
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-measured"));
    }
    // The wheel turns to another slice while the button is down: nothing lands there, nothing is counted
    // there.
    void theSliceChangesUnderTheHand()
    {
        ViewTransform transform = m_view->transform();
        transform.setZoom(5);
        m_view->setTransform(transform);
        m_view->setIndex(3);
        m_page->perform(QStringLiteral("tool.length"));
        const auto at = [&](double x, double y) { return m_view->transform().map(QPointF(x, y)).toPoint(); };
        QTest::mousePress(m_view, Qt::LeftButton, {}, at(30, 40));
        QTest::mouseMove(m_view, at(40, 40));
        m_view->setIndex(4);
        QTest::mouseMove(m_view, at(60, 40));
        QTest::mouseRelease(m_view, Qt::LeftButton, {}, at(70, 40));
        QVERIFY(m_page->book().all().empty());
        m_view->setIndex(3);
        m_page->perform(QStringLiteral("tool.rectangle"));
        drag({32, 22}, {68, 58});
        QCOMPARE(last().reading.statistics->mean, 103.0);
        const imaging::Shape before = last().shape;
        QTest::mousePress(m_view, Qt::LeftButton, {}, at(68, 58)); // the corner
        QTest::mouseMove(m_view, at(66, 56));
        m_view->setIndex(4);
        QTest::mouseMove(m_view, at(60, 50));
        QTest::mouseRelease(m_view, Qt::LeftButton, {}, at(60, 50));
        QCOMPARE(last().shape.sopUid, before.sopUid);
        QCOMPARE(last().reading.statistics->mean, 103.0);
    }
    void gripsAndUndo()
    {
        m_page->perform(QStringLiteral("tool.length"));
        drag({30, 40}, {70, 40});
        const double before = last().reading.value();
        drag({70, 40}, {90, 40}); // the end is gripped, no second line is drawn
        QCOMPARE(m_page->book().all().size(), std::size_t(1));
        QVERIFY(last().reading.value() > before + 10);
        QVERIFY(m_page->undo());
        QCOMPARE(last().reading.value(), before);
        QVERIFY(m_page->redo());
        QVERIFY(m_page->undo());
        QVERIFY(m_page->undo());
        QVERIFY(m_page->book().all().empty());
        QVERIFY(!m_page->undo());
    }
    void deletedByKeyAndBack()
    {
        m_page->perform(QStringLiteral("tool.length"));
        drag({30, 40}, {70, 40});
        QTest::keyClick(m_view, Qt::Key_Delete);
        QVERIFY(m_page->book().all().empty());
        QVERIFY(m_page->undo());
        QCOMPARE(m_page->book().all().size(), std::size_t(1));
    }
    void rowsLeadToTheirImage()
    {
        m_page->perform(QStringLiteral("tool.length"));
        m_view->setIndex(1);
        drag({30, 40}, {70, 40});
        const QString id = last().shape.id;
        m_view->setIndex(4);
        QVERIFY(m_page->perform(QStringLiteral("measure.show:") + id));
        QCOMPARE(m_view->index(), 1);
        QVERIFY(m_page->hasUnsavedDraft());
        m_page->book().discard();
        QVERIFY(!m_page->hasUnsavedDraft());
        QVERIFY(m_page->undo()); // even that can be taken back
        QCOMPARE(m_page->book().all().size(), std::size_t(1));
    }
    void escDropsWhatIsHalfDrawn()
    {
        m_page->perform(QStringLiteral("tool.angle"));
        drag({30, 40}, {70, 40});
        QVERIFY(m_page->book().all().empty());
        QVERIFY(m_page->stepBack());
        QVERIFY(!m_page->stepBack());
    }
    void picturesAreWritten()
    {
        m_page->perform(QStringLiteral("tool.length"));
        drag({30, 40}, {70, 40});
        const QString png = m_folder->filePath(QStringLiteral("view.png")),
                      jpeg = m_folder->filePath(QStringLiteral("view.jpg"));
        QVERIFY(m_page->savePicture(png, true));
        QVERIFY(m_page->savePicture(jpeg, false));
        QCOMPARE(QImage(png).size(), m_view->size() * m_view->devicePixelRatioF() * 2);
        QVERIFY(!QImage(jpeg).isNull());
    }
    // Close, open again: what was saved is there, with its values, and nothing else counts as new.
    void writtenAndReadBack()
    {
        ViewTransform transform = m_view->transform();
        transform.setZoom(5);
        m_view->setTransform(transform);
        m_view->setIndex(3);
        m_page->perform(QStringLiteral("tool.length"));
        drag({30, 40}, {70, 40});
        m_page->perform(QStringLiteral("tool.rectangle"));
        drag({32, 22}, {68, 58});
        const std::vector<Measurement> before = m_page->book().all();
        QCOMPARE(before.size(), std::size_t(2));
        const auto objects = MeasurementKeeper::write(m_page->book().now(), {}, QStringLiteral("김의사"));
        QVERIFY2(objects.ok(), objects ? "" : qPrintable(objects.error().toString()));
        QCOMPARE(objects->size(), 2);
        int number = 0;
        for (const QByteArray &object : *objects) {
            QFile out(m_folder->filePath(QStringLiteral("own%1.dcm").arg(number++)));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(object);
        }
        FolderSource again(m_folder->path(), test::decoderOptions());
        const QString study = m_page->study()->row.key;
        const auto instances = again.instances(study, {});
        QVERIFY(instances.ok());
        const auto back = MeasurementKeeper::read(again, study, *instances, {});
        QVERIFY2(back.ok(), back ? "" : qPrintable(back.error().toString()));
        QCOMPARE(back->all.size(), std::size_t(2));
        QVERIFY(back->own->empty());
        for (std::size_t i = 0; i < 2; ++i) {
            QCOMPARE(int(back->all[i].shape.kind), int(before[i].shape.kind));
            QCOMPARE(back->all[i].place, before[i].place);
            QCOMPARE(
                back->all[i].shape.id, before[i].shape.id); // whoever follows it over time finds it again
            for (std::size_t p = 0; p < before[i].shape.points.size(); ++p)
                QVERIFY(QLineF(back->all[i].shape.points[p], before[i].shape.points[p]).length() < 0.01);
        }
        MeasurementBook book;
        book.addSaved(*back);
        QCOMPARE(book.unsaved(), 0);
        book.measureOn(m_view->image());
        QVERIFY(book.all()[1].reading.statistics.has_value());
        QCOMPARE(book.all()[1].reading.statistics->mean, 103.0);
    }
    // A loop of three frames, the second calibrated: the others stay as the file says.
    void calibratedFrameOfALoop()
    {
        auto loop = std::make_shared<imaging::ImageFacts>(*m_view->image().facts);
        loop->sopUid = QStringLiteral("2.25.5005");
        loop->frames = 3;
        MeasurementBook book;
        const ShownImage second{ShownImage::State::Ready, QStringLiteral("loop"), loop, 1, {}, {}};
        QVERIFY(book.calibrate({second}, {10, 10}, {50, 10}, 80));
        const auto objects = MeasurementKeeper::write(book.now(), {}, QStringLiteral("김의사"));
        QVERIFY(objects.ok() && objects->size() == 1);
        const QString folder = m_folder->filePath(QStringLiteral("own"));
        QDir().mkpath(folder);
        QFile out(folder + QStringLiteral("/state.dcm"));
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(objects->front()) > 0);
        out.close();
        FolderSource own(folder, test::decoderOptions());
        const auto rows = own.studies({});
        QVERIFY(rows.ok() && rows->size() == 1);
        auto instances = own.instances(rows->front().key, {});
        QVERIFY(instances.ok());
        instances->push_back({loop, QStringLiteral("loop")});
        const auto back = MeasurementKeeper::read(own, rows->front().key, *instances, {});
        QVERIFY(back.ok());
        QCOMPARE(back->own->size(), std::size_t(1));
        QCOMPARE(back->own->begin()->first, second.place());
        QVERIFY(std::abs(back->own->begin()->second.value.mmX - 2) < 1e-6);
    }
    void keyImages()
    {
        QVERIFY(m_page->perform(QStringLiteral("keyImage.toggle")));
        QCOMPARE(m_page->keyImages().all().size(), 1);
        QVERIFY(m_page->mainAct()); // no draft is open: says so, loses nothing
        QCOMPARE(m_page->keyImages().all().size(), 1);
    }
};

QTEST_MAIN(TstUiMeasuring)
#include "tst_ui_measuring.moc"
