// What leaves the viewer and what comes to it: the page on paper with its scale, records in the audit trail
// of everything that goes out, and objects of others that arrive while the study is open.
#include "core/services/AuditService.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "ui/pages/imaging/KeyImageKeeper.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/MeasurementKeeper.h"

#include <QPainter>
#include <QPrinter>
#include <QSignalSpy>

#include <cmath>

using namespace naru;
using namespace naru::ui;

class TstUiGivingOut : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ImageStoreFixture> m_fixture{};
    std::unique_ptr<ImagingPage> m_page{};
    QTemporaryDir m_folder{};

    void open(const test::TestStudy &study)
    {
        QVERIFY(m_fixture->store(study));
        m_page = m_fixture->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->grid().view(0)->image().isReady(), 15000);
    }
    static test::TestStudy ct()
    {
        test::TestStudy one;
        one.slices = 4;
        return one;
    }
    // "image.export success", oldest first.
    QStringList records(const char *act) const
    {
        QStringList out;
        for (const services::AuditRow &row : m_fixture->profile->audit().list(200)) {
            if (row.event != QLatin1String(act))
                continue;
            out.prepend(row.outcome);
            if (row.object != QLatin1String("2.25.1001") || row.patientKey != m_fixture->patient)
                out.prepend(QStringLiteral("of something else"));
        }
        return out;
    }
    // The longest run in a row of pixels that are as light as this.
    static int run(const QImage &page, int y, int from, int to, int lightest, int darkest)
    {
        int best = 0, now = 0;
        for (int x = from; x < to; ++x) {
            const int grey = qGray(page.pixel(x, y));
            now = grey >= darkest && grey <= lightest ? now + 1 : 0;
            best = std::max(best, now);
        }
        return best;
    }
    Measurement lineOn(int slice) const
    {
        const StackProvider *stack = m_page->study()->providers.front();
        const ShownImage image = stack->known(slice);
        Measurement one;
        one.shape.kind = imaging::ShapeKind::Length;
        one.shape.points = {{30, 40}, {70, 40}};
        one.shape.id = QStringLiteral("2.25.31%1").arg(slice);
        one.shape.sopUid = image.facts->sopUid;
        one.place = image.place();
        one.studyKey = m_page->study()->row.key;
        one.seriesKey = image.facts->seriesUid;
        one.facts = image.facts;
        one.reading = imaging::measure(one.shape, *image.facts, 0);
        return one;
    }
    // Somebody else's workstation sends it here.
    void arrive(const QByteArray &object)
    {
        const auto put =
            m_fixture->profile->images().put(object, QStringLiteral("pacs:other"), true, m_fixture->patient);
        QVERIFY2(put.ok(), put ? "" : qPrintable(put.error().toString()));
    }
    void arrive(const Measured &now, const Measured &before)
    {
        const auto objects = MeasurementKeeper::write(now, before, QStringLiteral("이의사"));
        QVERIFY(objects.ok());
        for (const QByteArray &object : *objects)
            arrive(object);
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<test::ImageStoreFixture>(); }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void paper_data()
    {
        QTest::addColumn<QSize>("page");
        QTest::addColumn<double>("zoom"); // 0: the whole image
        QTest::newRow("upright") << QSize(2100, 2970) << 0.0;
        QTest::newRow("sideways") << QSize(2970, 2100) << 0.0;
        QTest::newRow("zoomed") << QSize(2100, 2970) << 4.0;
    }
    // A4 at 254 dpi: ten pixels a millimetre. The square of 40 pixels is 30 mm wide in the patient.
    void paper()
    {
        QFETCH(const QSize, page);
        QFETCH(const double, zoom);
        open(ct());
        Viewport *view = m_page->grid().view(0);
        if (zoom > 0) {
            ViewTransform transform = view->transform();
            transform.setZoom(zoom);
            view->setTransform(transform);
        }
        QImage paper(page, QImage::Format_RGB32);
        paper.setDotsPerMeterX(10000);
        paper.setDotsPerMeterY(10000);
        paper.fill(Qt::white);
        QPainter painter(&paper);
        m_page->paintPage(painter, paper.rect());
        painter.end();
        if (!qEnvironmentVariableIsEmpty("NARU_TEST_SHOTS"))
            paper.save(qEnvironmentVariable("NARU_TEST_SHOTS")
                + QStringLiteral("/paper-%1.png").arg(QLatin1String(QTest::currentDataTag())));
        // The picture: a black field on white paper.
        int top = 0, bottom = paper.height() - 1, right = paper.width() - 1;
        const auto dark = [&paper](int y) { // no letter is as wide
            return run(paper, y, 0, paper.width(), 200, 0) > paper.width() / 5;
        };
        while (top < bottom && !dark(top))
            ++top;
        while (bottom > top && !dark(bottom))
            --bottom;
        const int middle = (top + bottom) / 2;
        while (right > 0 && qGray(paper.pixel(right, middle)) > 250)
            --right;
        const QSizeF picture(right + 1, bottom - top + 1);
        QVERIFY2(top > paper.height() / 60, "no room for who it is");
        QVERIFY(paper.height() - bottom > paper.height() / 60);
        const double shape = picture.width() / picture.height(),
                     seen = double(view->width()) / view->height();
        QVERIFY2(std::abs(shape / seen - 1) < 0.01, qPrintable(QStringLiteral("%1 %2").arg(shape).arg(seen)));
        // The known square, and the bar that says how long something is.
        const double points = picture.width() / view->width(); // pixels of the paper
        const QPointF centre = view->transform().map(QPointF(50, 40));
        const int width = run(paper, top + int(centre.y() * points), 0, right, 200, 135);
        const double scale =
            view->millimetresPerPoint() / (points / 10); // mm of the patient for one of paper
        QVERIFY2(
            std::abs(width / 10.0 * scale - 30) < 0.5, qPrintable(QString::number(width / 10.0 * scale)));
        int bar = 0;
        for (int y = bottom - int(40 * points); y < bottom; ++y)
            bar = std::max(bar, run(paper, y, right / 2, right - int(12 * points), 255, 205));
        const double length = bar / 10.0 * scale;
        const double power = std::pow(10, std::floor(std::log10(length * 1.03)));
        const double digits = length / power;
        QVERIFY2(std::abs(digits - 1) < 0.05 || std::abs(digits - 2) < 0.1 || std::abs(digits - 5) < 0.25,
            qPrintable(QStringLiteral("%1 mm").arg(length)));
    }
    void paperSaysWhoItIs()
    {
        open(ct());
        const QStringList head = m_page->printHead();
        const auto patient = m_fixture->profile->patients().get(m_fixture->patient);
        QVERIFY(head.size() == 2 && head.first().contains(patient->name));
        QVERIFY(head.first().contains(patient->localId.extension));
        QVERIFY(head.first().contains(QStringLiteral("남")) || head.first().contains(QStringLiteral("여")));
        QVERIFY(
            head.last().contains(QLatin1String("2026-11-18")) && head.last().contains(QLatin1String("CT")));
    }
    // A sentence that is longer than the paper is wide goes on below; the picture gives way.
    void paperOfSomebodyElse()
    {
        test::TestStudy other = ct();
        other.name = "KIM^CHULSOO==\xEA\xB9\x80^\xEC\xB2\xA0\xEC\x88\x98";
        other.birth = "19700101";
        other.sex = "F";
        open(other);
        QVERIFY(m_page->printHead().first().contains(QLatin1String("1970-01-01")));
        const auto ink = [this](int width) {
            QImage paper(width, 1400, QImage::Format_RGB32);
            paper.fill(Qt::white);
            QPainter painter(&paper);
            m_page->paintPage(painter, paper.rect().adjusted(0, 0, -20, 0));
            painter.end();
            int beyond = 0;
            for (int y = 0; y < 400; ++y)
                beyond += run(paper, y, width - 20, width, 254, 0) > 0 ? 1 : 0;
            return beyond;
        };
        QCOMPARE(ink(500), 0); // nothing of it is cut off at the edge
    }
    void picturesAreRecorded()
    {
        open(ct());
        QVERIFY(m_page->savePicture(m_folder.filePath(QStringLiteral("view.png")), true));
        QCOMPARE(records("image.export"), QStringList{QStringLiteral("success")});
        QVERIFY(!m_page->savePicture(m_folder.filePath(QStringLiteral("no/such/folder/view.png")), true));
        QCOMPARE(records("image.export"),
            QStringList({QStringLiteral("success"), QStringLiteral("success"), QStringLiteral("minor")}));
        QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("no"))));
    }
    void printsAreRecorded()
    {
        open(ct());
        QPrinter good(QPrinter::HighResolution);
        good.setOutputFormat(QPrinter::PdfFormat);
        good.setOutputFileName(m_folder.filePath(QStringLiteral("view.pdf")));
        QVERIFY(m_page->printTo(good));
        QVERIFY(QFileInfo(good.outputFileName()).size() > 1000);
        QCOMPARE(records("image.print"), QStringList{QStringLiteral("success")});
        QPrinter bad(QPrinter::HighResolution);
        bad.setOutputFormat(QPrinter::PdfFormat);
        bad.setOutputFileName(m_folder.filePath(QStringLiteral("no/such/folder/view.pdf")));
        QVERIFY(!m_page->printTo(bad));
        QCOMPARE(records("image.print"),
            QStringList({QStringLiteral("success"), QStringLiteral("success"), QStringLiteral("minor")}));
        // As others read it: DICOM's code for an export (PS3.16 CID 400).
        const QString xml = m_folder.filePath(QStringLiteral("trail.xml"));
        QVERIFY(m_fixture->profile->audit().exportTo(xml).ok());
        int exports = 0;
        for (const QByteArray &line : test::bytesOf(xml).split('\n'))
            exports += line.contains("image.print") && line.contains("110106") ? 1 : 0;
        QCOMPARE(exports, 3);
        const auto verdict = m_fixture->profile->audit().verify();
        QVERIFY(verdict.ok() && verdict->intact);
    }
    void aStudyIsGivenOutWhole()
    {
        open(ct());
        const QString zip = m_folder.filePath(QStringLiteral("study.zip"));
        m_page->exportStudy(m_page->study()->row.key, zip);
        QTRY_VERIFY_WITH_TIMEOUT(records("image.export").size() == 1, 15000);
        // The name is taken before there is anything in the file.
        QTRY_VERIFY_WITH_TIMEOUT(test::bytesOf(zip).contains("DICOMDIR"), 15000);
    }

    void measurementsArriveLater()
    {
        open(ct());
        QVERIFY(m_page->book().all().empty());
        Measured first;
        first.all = {lineOn(1)};
        arrive(first, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_page->book().all().size(), std::size_t(1), 15000);
        QCOMPARE(m_page->book().unsaved(), 0);
        QCOMPARE(m_page->book().all().front().place, first.all.front().place);
        // What is drawn here meanwhile stays, what she deletes here does not come back.
        QVERIFY(m_page->book().remove(first.all.front().shape.id));
        Measured second = first;
        second.all.push_back(lineOn(2));
        QTest::qWait(5); // the numbers of objects are milliseconds
        arrive(second, first);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->book().all().size(), std::size_t(1), 15000);
        QCOMPARE(m_page->book().all().front().shape.id, second.all.back().shape.id);
        QCOMPARE(m_page->book().unsaved(), 1); // her deletion
        QVERIFY(m_page->undo());
        QCOMPARE(m_page->book().all().size(), std::size_t(2)); // and the news is no step of it
        // Removed elsewhere, untouched here: gone.
        Measured third;
        QTest::qWait(5);
        arrive(third, second);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->book().all().size(), std::size_t(0), 15000);
        QCOMPARE(m_page->book().unsaved(), 0);
    }
    void keyImagesArriveLater()
    {
        open(ct());
        const ShownImage image = m_page->study()->providers.front()->known(2);
        const QList<KeyImage> marked{
            {image.place(), m_page->study()->row.key, image.facts->seriesUid, image}};
        const auto object = KeyImageKeeper::write(marked, QStringLiteral("이의사"));
        QVERIFY(object.ok());
        arrive(*object);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->keyImages().contains(image.place()), 15000);
        QVERIFY(!m_page->hasUnsavedDraft());
        QTest::qWait(5);
        const auto removed = KeyImageKeeper::write(marked, QStringLiteral("이의사"), true);
        QVERIFY(removed.ok());
        arrive(*removed);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->keyImages().contains(image.place()), 15000);
    }
    // Saved twice while the first saving is still being read back: the old news takes nothing away.
    void oldNewsTakesNothing()
    {
        open(ct());
        for (int slice = 0; slice < 4; ++slice) {
            const ShownImage image = m_page->study()->providers.front()->known(slice);
            m_page->book().add(lineOn(slice).shape, image, m_page->study()->row.key, image.facts->seriesUid);
            m_page->grid().view(0)->setIndex(slice);
            QTRY_VERIFY(m_page->grid().view(0)->image().isReady());
            QVERIFY(m_page->perform(QStringLiteral("keyImage.toggle")));
            QSignalSpy saved(m_page.get(), &Page::saved);
            QVERIFY(m_page->saveNow());
            // Marks and measurements; on a busy machine one of them is saved by itself meanwhile.
            QTRY_VERIFY_WITH_TIMEOUT(saved.size() >= 2 && !m_page->hasUnsavedDraft(), 15000);
            QTest::qWait(slice * 7);
        }
        QTest::qWait(500);
        QCOMPARE(m_page->book().all().size(), std::size_t(4));
        QCOMPARE(m_page->keyImages().all().size(), 4);
        QVERIFY(!m_page->hasUnsavedDraft());
    }
    // Marked, saved, closed: marked the next morning; taken back, saved: not marked any more.
    void keyImagesAreKept()
    {
        open(ct());
        QVERIFY(m_page->perform(QStringLiteral("keyImage.toggle")));
        const QString place = m_page->grid().view(0)->image().place();
        QVERIFY(m_page->hasUnsavedDraft());
        for (const bool marked : {true, false}) {
            QVERIFY(m_page->saveNow());
            QTRY_VERIFY_WITH_TIMEOUT(!m_page->hasUnsavedDraft(), 15000);
            m_page.reset();
            m_fixture->restart();
            m_page = m_fixture->open();
            QTRY_VERIFY_WITH_TIMEOUT(m_page->grid().view(0)->image().isReady(), 15000);
            if (marked) {
                QTRY_VERIFY_WITH_TIMEOUT(m_page->keyImages().contains(place), 15000);
                QVERIFY(!m_page->hasUnsavedDraft());
                QVERIFY(m_page->perform(QStringLiteral("keyImage.toggle")));
                QVERIFY(m_page->hasUnsavedDraft());
            } else {
                QTest::qWait(300);
                QVERIFY(m_page->keyImages().all().isEmpty());
            }
        }
    }
};

QTEST_MAIN(TstUiGivingOut)
#include "tst_ui_giving_out.moc"
