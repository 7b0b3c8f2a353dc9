// What a study holds besides pictures: a report that leads to its image, an electrocardiogram on paper,
// marked areas over the image they name, a document to read and to save; and nothing vanishes without a word.
#include "core/base/Oid.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/Content.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/imaging/objects/Presentation.h"
#include "core/jobs/JobQueue.h"
#include "tests/core/imaging/paper/TestPdf.h"
#include "tests/ui/compose/Fixture.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "ui/pages/imaging/FolderSource.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/PaperView.h"
#include "ui/pages/imaging/StudyObjects.h"
#include "ui/pages/imaging/WaveformView.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBrowser>

using namespace naru;
using namespace naru::ui;
using imaging::DataSetValue;
namespace attr = imaging::attr;

namespace {
constexpr quint32 Document = 0x00420011, DocumentType = 0x00420012;

DataSetValue object(const QString &sopClass, const char *modality, const char *name, int number)
{
    DataSetValue set;
    set.setText(attr::SopClass, sopClass);
    set.setText(attr::SopUid, QStringLiteral("2.25.1001.9.%1").arg(number));
    set.setText(attr::Modality, QLatin1String(modality));
    set.setText(attr::PatientName, QStringLiteral("KIM^NARU==김^나루"));
    set.setText(attr::PatientId, QStringLiteral("00123456"));
    set.setText(attr::BirthDate, QStringLiteral("19610302"));
    set.setText(attr::Sex, QStringLiteral("M"));
    set.setText(attr::StudyDate, QStringLiteral("20261118"));
    set.setText(attr::StudyUid, QStringLiteral("2.25.1001"));
    set.setText(attr::SeriesUid, QStringLiteral("2.25.1001.9%1").arg(number));
    set.setText(attr::SeriesDescription, QString::fromUtf8(name));
    return set;
}

DataSetValue report()
{
    using namespace imaging;
    DataSetValue set = object(base::oid("sopBasicText").text(), "SR", "판독 보고서", 1);
    const Code finding{QStringLiteral("121071"), QStringLiteral("DCM"), QStringLiteral("Finding")};
    const Code title{QStringLiteral("18748-4"), QStringLiteral("LN"), QStringLiteral("Imaging Report")};
    DataSetValue text =
        content::textItem(content::Relation::Contains, finding, QStringLiteral("우하엽에 <8 mm 결절"));
    const ReferencedInstance slice{base::oid("sopCt").text(), QStringLiteral("2.25.1001.1.5"), {}};
    content::putRoot(set, title, QStringLiteral("2000"),
        {text, content::referenceItem(content::Relation::Contains, {}, slice)});
    return set;
}

DataSetValue electrocardiogram()
{
    DataSetValue set =
        object(base::oid("sopWaveforms").text() + QStringLiteral(".1.1"), "ECG", "12유도 심전도", 2);
    const auto channel = [](const char *name) {
        DataSetValue out;
        out.setItem(attr::ChannelSource,
            imaging::codeItem({QStringLiteral("2:1"), QStringLiteral("MDC"), QString::fromLatin1(name)}));
        out.setNumber(attr::Sensitivity, 1);
        out.setNumber(attr::SensitivityCorrection, 1);
        out.setNumber(attr::Baseline, 0);
        out.setItem(attr::ChannelUnits,
            imaging::codeItem({QStringLiteral("uV"), QStringLiteral("UCUM"), QStringLiteral("microvolt")}));
        return out;
    };
    constexpr int Count = 1000; // two seconds
    QByteArray samples;
    for (int i = 0; i < Count; ++i) {
        for (const int value : {i % 500 == 100 ? 1000 : 0, i % 500 == 100 ? -1000 : 0}) {
            samples.append(char(value & 0xFF));
            samples.append(char((value >> 8) & 0xFF));
        }
    }
    DataSetValue group;
    group.setNumber(attr::WaveformChannels, 2);
    group.setNumber(attr::WaveformSamples, Count);
    group.setNumber(attr::SamplingFrequency, 500);
    group.setItems(attr::ChannelDefinitions, {channel("Lead I"), channel("Lead II")});
    group.setNumber(attr::WaveformBits, 16);
    group.setText(attr::SampleInterpretation, QStringLiteral("SS"));
    group.setBytes(attr::WaveformData, samples);
    set.setItem(attr::Waveforms, group);
    return set;
}

// Rows 20 to 59, columns 30 to 69 of the fifth slice.
DataSetValue segmentation(int rows, int columns)
{
    DataSetValue set = object(base::oid("sopSegmentation").text(), "SEG", "간", 3);
    QByteArray bits((rows * columns + 7) / 8, '\0');
    for (int row = 20; row < 60; ++row) {
        for (int column = 30; column < 70; ++column) {
            const int bit = row * columns + column;
            bits[bit / 8] = char(uchar(bits[bit / 8]) | 1U << (bit % 8));
        }
    }
    DataSetValue segment, identification, derivation, frame;
    segment.setNumber(attr::SegmentNumber, 1);
    segment.setText(attr::SegmentLabel, QStringLiteral("간"));
    identification.setNumber(attr::ReferencedSegment, 1);
    derivation.setItem(attr::SourceImage,
        imaging::instanceItem({base::oid("sopCt").text(), QStringLiteral("2.25.1001.1.5"), {}}));
    frame.setItem(attr::SegmentIdentification, identification);
    frame.setItem(attr::DerivationImage, derivation);
    set.setItem(attr::Segments, segment);
    set.setItem(attr::FrameGroups, frame);
    set.setText(attr::SegmentationType, QStringLiteral("BINARY"));
    set.setNumber(0x00280002, 1);
    set.setText(0x00280004, QStringLiteral("MONOCHROME2"));
    set.setText(0x00280008, QStringLiteral("1"));
    set.setNumber(attr::Rows, rows);
    set.setNumber(attr::Columns, columns);
    set.setNumber(0x00280100, 1);
    set.setNumber(0x00280101, 1);
    set.setNumber(0x00280102, 0);
    set.setNumber(0x00280103, 0);
    imaging::DataElement pixels;
    pixels.tag = attr::PixelData;
    pixels.vr = imaging::vrOf("OB");
    pixels.bytes = bits;
    set.put(pixels);
    return set;
}
} // namespace

class TstUiStudyObjects : public QObject {
    Q_OBJECT
    std::unique_ptr<test::Fixture> m_fixture{};
    std::unique_ptr<QTemporaryDir> m_folder{};
    std::unique_ptr<ImagingPage> m_page{};

    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(m_folder->filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    void writeDocument(const QByteArray &bytes) const
    {
        DataSetValue pdf = object(base::oid("sopPdf").text(), "DOC", "동의서", 4);
        pdf.setText(DocumentType, QStringLiteral("application/pdf"));
        pdf.setBytes(Document, bytes.size() % 2 ? bytes + QByteArray(1, '\0') : bytes);
        write("pdf", pdf);
    }
    const imaging::InstanceRef *documentOf() const
    {
        for (const imaging::InstanceRef &one : m_page->study()->instances) {
            if (one.facts && one.facts->kind == imaging::Kind::Pdf)
                return &one;
        }
        return nullptr;
    }
    void write(const char *name, const DataSetValue &set) const
    {
        const auto bytes = imaging::writePart10(set);
        QVERIFY2(bytes.ok(), bytes ? "" : qPrintable(bytes.error().toString()));
        write(name, *bytes);
    }
    StudyObjects *objects() const { return m_page->findChild<StudyObjects *>(); }
    QPushButton *button(const QString &words) const
    {
        for (QPushButton *one : objects()->findChildren<QPushButton *>()) {
            if (one->text().contains(words))
                return one;
        }
        return nullptr;
    }
    QStringList reasons() const
    {
        QStringList out;
        for (const QLabel *one : objects()->findChildren<QLabel *>()) {
            if (one->objectName().startsWith(QStringLiteral("imaging.objects.why")))
                out.append(one->text());
        }
        return out;
    }
    void open()
    {
        m_page = std::make_unique<ImagingPage>(*m_fixture->context, m_fixture->patient,
            std::make_shared<FolderSource>(m_folder->path(), test::decoderOptions()));
        m_page->resize(1200, 700);
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->grid().view(0)->image().isReady(), 15000);
    }

    static imaging::ImageFacts facts()
    {
        imaging::ImageFacts facts;
        facts.studyUid = QStringLiteral("2.25.1001");
        facts.patientName = QStringLiteral("KIM^NARU==김^나루");
        facts.patientId = QStringLiteral("00123456");
        facts.birthDate = QStringLiteral("19610302");
        facts.sex = QStringLiteral("M");
        facts.studyDate = QStringLiteral("20261118");
        return facts;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_folder = std::make_unique<QTemporaryDir>();
        test::TestStudy ct;
        ct.slices = 6;
        ct.write(m_folder->path());
    }
    void cleanup()
    {
        m_page.reset();
        m_folder.reset();
        m_fixture.reset();
    }

    void picturesAloneNeedNoRow()
    {
        open();
        QVERIFY(!objects() || objects()->isHidden());
    }
    void aReportLeadsToItsImage()
    {
        write("report", report());
        open();
        QVERIFY(objects() && objects()->isVisible());
        QPushButton *named = button(QStringLiteral("판독 보고서"));
        QVERIFY(named);
        named->click();
        auto *text = objects()->findChild<QTextBrowser *>(QStringLiteral("imaging.objects.text"));
        QTRY_VERIFY_WITH_TIMEOUT(text->isVisible(), 10000);
        QVERIFY(text->toPlainText().contains(QStringLiteral("Imaging Report")));
        QVERIFY(text->toPlainText().contains(QStringLiteral("Finding: 우하엽에 <8 mm 결절")));
        QVERIFY(!m_page->grid().isVisible()); // it stands where the views were
        QCOMPARE(test::unnamed(objects()), QStringList());
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-report"));
        m_page->grid().view(0)->setIndex(0);
        Q_EMIT text->anchorClicked(QUrl(QStringLiteral("image:2.25.1001.1.5/0")));
        QVERIFY(m_page->grid().isVisible());
        QCOMPARE(m_page->grid().view(0)->image().facts->sopUid, QStringLiteral("2.25.1001.1.5"));
        named->click(); // and Esc leads back as well
        QTRY_VERIFY_WITH_TIMEOUT(text->isVisible(), 10000);
        QVERIFY(m_page->stepBack());
        QVERIFY(m_page->grid().isVisible());
    }
    void anElectrocardiogramOnPaper()
    {
        write("ecg", electrocardiogram());
        open();
        QPushButton *named = button(QStringLiteral("심전도"));
        QVERIFY(named);
        named->click();
        const WaveformView &view = objects()->waveform();
        QTRY_VERIFY_WITH_TIMEOUT(view.isVisible() && !view.groups().empty(), 10000);
        // 25 mm a second, 10 mm a millivolt: one second apart, a millivolt up and one down.
        const QPointF first = view.pointOf(0, 0, 100), next = view.pointOf(0, 0, 600),
                      flat = view.pointOf(0, 0, 0);
        const double mm = (next.x() - first.x()) / 25;
        QVERIFY(mm > 2);
        QVERIFY(std::abs((flat.y() - first.y()) / mm - 10) < 0.01);
        QVERIFY(view.pointOf(0, 1, 100).y() > view.pointOf(0, 1, 0).y());
        const QImage picture = const_cast<WaveformView &>(view).grab().toImage();
        const double ratio = picture.devicePixelRatio();
        const auto darkest = [&](const QPointF &at) {
            int dark = 255;
            for (int dx = -2; dx <= 2; ++dx) {
                for (int dy = -2; dy <= 2; ++dy)
                    dark = std::min(
                        dark, qGray(picture.pixel(int(at.x() * ratio) + dx, int(at.y() * ratio) + dy)));
            }
            return dark;
        };
        const QPointF peak = view.pointOf(0, 1, 100); // downward, away from the words
        QVERIFY(darkest(peak - QPointF(0, mm)) < 120); // the line is there,
        QVERIFY(darkest(peak + QPointF(0, 1.5 * mm)) > 150); // and ends at its peak
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-ecg"));
    }
    void areasOverTheImageTheyName()
    {
        write("seg", segmentation(96, 128));
        open();
        Viewport *view = m_page->grid().view(0);
        const auto slice = [&](const char *sopUid) {
            for (int i = 0; i < view->provider()->count(); ++i) {
                view->setIndex(i);
                if (view->image().facts && view->image().facts->sopUid == QLatin1String(sopUid))
                    return true;
            }
            return false;
        };
        QVERIFY(slice("2.25.1001.1.5"));
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 10000);
        const QImage before = view->picture();
        QPushButton *named = button(QStringLiteral("간"));
        QVERIFY(named);
        named->click();
        QTRY_VERIFY_WITH_TIMEOUT(named->isChecked() && named->isEnabled(), 10000);
        const QImage after = view->picture();
        const auto at = [&](const QImage &picture, double column, double row) {
            return picture.pixel(view->transform().map(QPointF(column, row)).toPoint());
        };
        QVERIFY(at(before, 50, 40) != at(after, 50, 40)); // inside
        QCOMPARE(at(before, 25, 40), at(after, 25, 40)); // left of it
        QVERIFY(qRed(at(after, 50, 40)) != qBlue(at(after, 50, 40)));
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-segments"));
        QVERIFY(slice("2.25.1001.1.4")); // another image is not marked
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 10000);
        const QRgb plain = at(view->picture(), 50, 40);
        QCOMPARE(qRed(plain), qBlue(plain));
        QVERIFY(slice("2.25.1001.1.5"));
        named->click();
        QCOMPARE(at(view->picture(), 50, 40), at(before, 50, 40));
    }
    // Drawn and shown as another program meant it, once; what the user changes then stays.
    void aPresentationOfAnother()
    {
        imaging::PresentationState state;
        state.header.subject = imaging::subjectOf(facts());
        state.header.seriesDescription = QStringLiteral("다른 뷰어");
        state.label = QStringLiteral("THEIRS");
        const imaging::ReferencedInstance slice{
            base::oid("sopCt").text(), QStringLiteral("2.25.1001.1.5"), {}};
        state.images = {{.seriesUid = QStringLiteral("2.25.1001.1"), .instances = {slice}}};
        imaging::VoiChoice window;
        window.windows = {{100, 50, {}}};
        state.windows = {window};
        imaging::DisplayedArea area;
        area.bottomRight = {128, 96};
        state.areas = {area};
        state.rotation = 90;
        state.flip = true;
        imaging::Annotation drawn;
        drawn.layer = QStringLiteral("A");
        drawn.images = {slice};
        drawn.graphics = {{.points = {{10, 80}, {20, 80}}, .thickness = 3}};
        state.annotations = {drawn};
        const auto set = imaging::toDataSet(state);
        QVERIFY2(set.ok(), set ? "" : qPrintable(set.error().toString()));
        write("state", *set);
        open();
        Viewport *view = m_page->grid().view(0);
        view->setIndex(0); // another image than the one it is of
        QPushButton *named = button(QStringLiteral("다른 뷰어"));
        QVERIFY(named);
        named->click();
        QTRY_VERIFY_WITH_TIMEOUT(named->isChecked() && named->isEnabled(), 10000);
        QCOMPARE(view->image().facts->sopUid, slice.sopUid);
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 10000);
        QCOMPARE(view->window().centre, 100.0);
        QCOMPARE(view->window().width, 50.0);
        // Turned clockwise, then left and right changed (C.10.6): the first pixel's corner comes to the top
        // left.
        const QPointF corner = view->transform().map(QPointF(0, 0)),
                      right = view->transform().map(QPointF(128, 0));
        QVERIFY(std::abs(right.x() - corner.x()) < 1 && right.y() > corner.y()); // a row runs downward
        QVERIFY(view->transform().map(QPointF(0, 96)).x() > corner.x()); // and rows follow to the right
        const QImage with = view->picture(), without = view->picture(1, false);
        const QPoint line = view->transform().map(QPointF(15, 80)).toPoint();
        QVERIFY(with.pixel(line) != without.pixel(line));
        const QPoint beside = view->transform().map(QPointF(15, 70)).toPoint();
        QCOMPARE(with.pixel(beside), without.pixel(beside));
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-presentation"));
        Appearance own = view->appearance();
        own.window = imaging::Window{7, 70, {}};
        view->setAppearance(own);
        view->setIndex(view->index() > 0 ? view->index() - 1 : 1);
        QCOMPARE(view->window().width, 70.0); // never set again
        named->click();
        QVERIFY(!named->isChecked());
    }
    // Kept by us as well: the next morning the series looks as it did.
    void howASeriesIsShownIsKept()
    {
        test::ImageStoreFixture store;
        test::TestStudy ct;
        ct.slices = 3;
        QVERIFY(store.store(ct));
        m_page = store.open();
        Viewport *view = m_page->grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
        Appearance look = view->appearance();
        look.window = imaging::Window{123, 77, {}};
        look.invert = true;
        view->setAppearance(look);
        ViewTransform turned = view->transform();
        turned.flipHorizontally();
        turned.rotate(1);
        view->setTransform(turned);
        QVERIFY(m_page->perform(QStringLiteral("presentation.save")));
        QTRY_COMPARE_WITH_TIMEOUT(store.profile->images().studies().front().instances, 4, 10000);
        m_page.reset();
        store.restart();
        m_page = store.open();
        view = m_page->grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
        QVERIFY(view->window().width != 77);
        QPushButton *named = button(QStringLiteral("W 77 L 123"));
        QVERIFY(named);
        named->click();
        QTRY_VERIFY_WITH_TIMEOUT(named->isChecked() && named->isEnabled(), 10000);
        QCOMPARE(view->window().centre, 123.0);
        QCOMPARE(view->window().width, 77.0);
        QVERIFY(view->appearance().invert && view->transform().isMirrored());
        QCOMPARE(view->transform().quarterTurns(), 1);
        m_page.reset();
    }
    void aDocumentIsReadAndSaved()
    {
        const QByteArray document = test::pdfOf(
            {"1 0 0 rg 0 0 297.5 421 re f", "0 0 1 rg 0 0 595 842 re f", "0 1 0 rg 0 0 595 842 re f"})
                                        .bytes();
        writeDocument(document);
        open();
        QPushButton *named = button(QStringLiteral("동의서"));
        QVERIFY(named);
        named->click();
        PaperView &pages = objects()->pages();
        QTRY_VERIFY_WITH_TIMEOUT(pages.isVisible() && pages.isDrawn(0), 15000);
        QCOMPARE(pages.pageCount(), 3);
        QCOMPARE(pages.verticalScrollBar()->value(), 0); // from its beginning
        auto *title = objects()->findChild<QLabel *>(QStringLiteral("imaging.objects.title"));
        QVERIFY(title && title->text().contains(QStringLiteral("동의서")));
        QVERIFY(title->text().contains(QLatin1Char('1')) && title->text().contains(QLatin1Char('3')));
        const auto shows = [&pages](QRgb colour) {
            const QImage seen = pages.viewport()->grab().toImage();
            return seen.pixel(seen.width() * 2 / 5, seen.height() / 2) == colour;
        };
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-document"));
        // By keyboard alone: to the end, larger, back to the images.
        QVERIFY(pages.hasFocus());
        QTest::keyClick(&pages, Qt::Key_End);
        QCOMPARE(pages.page(), 2);
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(2), 15000);
        QVERIFY(shows(qRgb(0, 255, 0)));
        QVERIFY(title->text().contains(QLatin1String("3"))
            && pages.accessibleName().contains(QLatin1String("3")));
        QTest::keyClick(&pages, Qt::Key_Plus);
        QVERIFY(pages.magnification() > 1);
        QCOMPARE(pages.page(), 2); // what was in the middle stays there
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(2), 15000);
        QTest::keyClick(&pages, Qt::Key_0);
        pages.goToPage(1);
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(1), 15000);
        QVERIFY(shows(qRgb(0, 0, 255)));
        auto *save = objects()->findChild<QPushButton *>(QStringLiteral("imaging.objects.save"));
        QVERIFY(save && save->isVisible());
        const imaging::InstanceRef *found = documentOf();
        QVERIFY(found);
        const QString path = m_folder->filePath(QStringLiteral("out.pdf"));
        QSignalSpy saved(objects(), &StudyObjects::saved);
        QVERIFY(objects()->savePdf(*found, path));
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, 10000);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith(document)); // byte for byte; DICOM may pad it
        QVERIFY(!objects()->savePdf(m_page->study()->instances.front(), path)
            || found == &m_page->study()->instances.front());
        QVERIFY(m_page->stepBack()); // Esc
        QVERIFY(!pages.isVisible());
    }
    // More pages in sight than are kept out of it: each is drawn once and stays.
    void manyPagesInSight()
    {
        writeDocument(
            test::pdfOf(QByteArrayList(40, "0 0 1 rg 0 0 300 20 re f"), "/MediaBox[0 0 595 20]").bytes());
        open();
        button(QStringLiteral("동의서"))->click();
        PaperView &pages = objects()->pages();
        QTRY_VERIFY_WITH_TIMEOUT(pages.isVisible() && pages.pageCount() == 40, 15000);
        constexpr int Seen = 10;
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(Seen - 1), 15000);
        for (int page = 0; page < Seen; ++page)
            QVERIFY2(pages.isDrawn(page), qPrintable(QString::number(page)));
        QTest::keyClick(&pages, Qt::Key_End);
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(39), 15000);
        QVERIFY(!pages.isDrawn(0)); // far away
        QTest::keyClick(&pages, Qt::Key_Home);
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(0), 15000);
    }
    // Says why in the place of the pages, and is still there to be saved.
    void aDocumentThatCannotBeDrawn()
    {
        writeDocument("%PDF-1.4 not much of one\n%%EOF");
        open();
        button(QStringLiteral("동의서"))->click();
        auto *text = objects()->findChild<QTextBrowser *>(QStringLiteral("imaging.objects.text"));
        QTRY_VERIFY_WITH_TIMEOUT(text && text->isVisible(), 15000);
        QVERIFY(!text->toPlainText().isEmpty());
        QVERIFY(!objects()->pages().isVisible());
        QVERIFY(objects()->findChild<QPushButton *>(QStringLiteral("imaging.objects.save"))->isVisible());
    }
    void nothingVanishesWithoutAWord()
    {
        test::TestStudy film;
        film.slices = 2;
        film.series = "2.25.1001.7";
        film.compressed = "no film";
        film.syntax = base::oid("tsMpeg4High").text().toLatin1();
        for (int i = 0; i < 2; ++i)
            write(i ? "film2" : "film1", film.file(i));
        film.series = "2.25.1001.8";
        film.syntax = base::oid("tsJxlLossless").text().toLatin1();
        write("jxl", film.file(0));
        test::TestStudy torn;
        torn.series = "2.25.1001.9";
        torn.broken = 0;
        write("torn", torn.file(0));
        open();
        QVERIFY(objects() && objects()->isVisible());
        const QString all = reasons().join(QLatin1Char('\n'));
        QVERIFY2(reasons().size() == 3, qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("중간에 끊겼습니다")), qPrintable(all)); // whole sentences
        QVERIFY2(all.contains(QStringLiteral("동영상")) && all.contains(QLatin1Char('2')), qPrintable(all));
        QVERIFY2(all.contains(base::oidTitle(base::oid("tsJxlLossless").text())), qPrintable(all));
        test::Fixture::shoot(*m_page, QStringLiteral("imaging-not-shown"));
    }
    void whatCannotBeRead()
    {
        DataSetValue broken = electrocardiogram();
        DataSetValue group = *broken.item(attr::Waveforms);
        group.setNumber(attr::WaveformSamples, 400'000'000);
        broken.setItem(attr::Waveforms, group);
        write("ecg", broken);
        open();
        QPushButton *named = button(QStringLiteral("심전도"));
        QVERIFY(named);
        named->click();
        QTest::qWait(500);
        QVERIFY(m_page->grid().isVisible()); // said in the strip, nothing opened
        QVERIFY(!objects()->waveform().isVisible());
    }
};

QTEST_MAIN(TstUiStudyObjects)
#include "tst_ui_study_objects.moc"
