// What a study holds besides pictures: a report that leads to its image, an electrocardiogram on paper,
// marked areas over the image they name; and nothing vanishes without a word.
#include "core/base/Oid.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/Content.h"
#include "core/imaging/objects/Presentation.h"
#include "core/jobs/JobQueue.h"
#include "tests/ui/imaging/ObjectsFolder.h"
#include "ui/pages/imaging/WaveformView.h"

#include <QLabel>
#include <QTextBrowser>

using namespace naru;
using namespace naru::ui;
using imaging::DataSetValue;
using test::object;
namespace attr = imaging::attr;

namespace {
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
    test::ObjectsFolder m_place{};

    QStringList reasons() const
    {
        QStringList out;
        for (const QLabel *one : m_place.objects()->findChildren<QLabel *>()) {
            if (one->objectName().startsWith(QStringLiteral("imaging.objects.why")))
                out.append(one->text());
        }
        return out;
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
    void init() { m_place.begin(); }
    void cleanup() { m_place.end(); }

    void picturesAloneNeedNoRow()
    {
        m_place.open();
        QVERIFY(!m_place.objects() || m_place.objects()->isHidden());
    }
    void aReportLeadsToItsImage()
    {
        m_place.write("report", report());
        m_place.open();
        QVERIFY(m_place.objects() && m_place.objects()->isVisible());
        QPushButton *named = m_place.button(QStringLiteral("판독 보고서"));
        QVERIFY(named);
        named->click();
        auto *text = m_place.objects()->findChild<QTextBrowser *>(QStringLiteral("imaging.objects.text"));
        QTRY_VERIFY_WITH_TIMEOUT(text->isVisible(), 10000);
        QVERIFY(text->toPlainText().contains(QStringLiteral("Imaging Report")));
        QVERIFY(text->toPlainText().contains(QStringLiteral("Finding: 우하엽에 <8 mm 결절")));
        QVERIFY(!m_place.page->grid().isVisible()); // it stands where the views were
        QCOMPARE(test::unnamed(m_place.objects()), QStringList());
        test::Fixture::shoot(*m_place.page, QStringLiteral("imaging-report"));
        m_place.page->grid().view(0)->setIndex(0);
        Q_EMIT text->anchorClicked(QUrl(QStringLiteral("image:2.25.1001.1.5/0")));
        QVERIFY(m_place.page->grid().isVisible());
        QCOMPARE(m_place.page->grid().view(0)->image().facts->sopUid, QStringLiteral("2.25.1001.1.5"));
        named->click(); // and Esc leads back as well
        QTRY_VERIFY_WITH_TIMEOUT(text->isVisible(), 10000);
        QVERIFY(m_place.page->stepBack());
        QVERIFY(m_place.page->grid().isVisible());
    }
    void anElectrocardiogramOnPaper()
    {
        m_place.write("ecg", electrocardiogram());
        m_place.open();
        QPushButton *named = m_place.button(QStringLiteral("심전도"));
        QVERIFY(named);
        named->click();
        const WaveformView &view = m_place.objects()->waveform();
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
        test::Fixture::shoot(*m_place.page, QStringLiteral("imaging-ecg"));
    }
    void areasOverTheImageTheyName()
    {
        m_place.write("seg", segmentation(96, 128));
        m_place.open();
        Viewport *view = m_place.page->grid().view(0);
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
        QPushButton *named = m_place.button(QStringLiteral("간"));
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
        test::Fixture::shoot(*m_place.page, QStringLiteral("imaging-segments"));
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
        m_place.write("state", *set);
        m_place.open();
        Viewport *view = m_place.page->grid().view(0);
        view->setIndex(0); // another image than the one it is of
        QPushButton *named = m_place.button(QStringLiteral("다른 뷰어"));
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
        test::Fixture::shoot(*m_place.page, QStringLiteral("imaging-presentation"));
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
        m_place.page = store.open();
        Viewport *view = m_place.page->grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
        Appearance look = view->appearance();
        look.window = imaging::Window{123, 77, {}};
        look.invert = true;
        view->setAppearance(look);
        ViewTransform turned = view->transform();
        turned.flipHorizontally();
        turned.rotate(1);
        view->setTransform(turned);
        QVERIFY(m_place.page->perform(QStringLiteral("presentation.save")));
        QTRY_COMPARE_WITH_TIMEOUT(store.profile->images().studies().front().instances, 4, 10000);
        m_place.page.reset();
        store.restart();
        m_place.page = store.open();
        view = m_place.page->grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
        QVERIFY(view->window().width != 77);
        QPushButton *named = m_place.button(QStringLiteral("W 77 L 123"));
        QVERIFY(named);
        named->click();
        QTRY_VERIFY_WITH_TIMEOUT(named->isChecked() && named->isEnabled(), 10000);
        QCOMPARE(view->window().centre, 123.0);
        QCOMPARE(view->window().width, 77.0);
        QVERIFY(view->appearance().invert && view->transform().isMirrored());
        QCOMPARE(view->transform().quarterTurns(), 1);
        m_place.page.reset();
    }
    void nothingVanishesWithoutAWord()
    {
        test::TestStudy film;
        film.slices = 2;
        film.series = "2.25.1001.7";
        film.compressed = "no film";
        film.syntax = base::oid("tsMpeg4High").text().toLatin1();
        for (int i = 0; i < 2; ++i)
            m_place.write(i ? "film2" : "film1", film.file(i));
        film.series = "2.25.1001.8";
        film.syntax = base::oid("tsJxlLossless").text().toLatin1();
        m_place.write("jxl", film.file(0));
        test::TestStudy torn;
        torn.series = "2.25.1001.9";
        torn.broken = 0;
        m_place.write("torn", torn.file(0));
        m_place.open();
        QVERIFY(m_place.objects() && m_place.objects()->isVisible());
        const QString all = reasons().join(QLatin1Char('\n'));
        QVERIFY2(reasons().size() == 3, qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("중간에 끊겼습니다")), qPrintable(all)); // whole sentences
        QVERIFY2(all.contains(QStringLiteral("동영상")) && all.contains(QLatin1Char('2')), qPrintable(all));
        QVERIFY2(all.contains(base::oidTitle(base::oid("tsJxlLossless").text())), qPrintable(all));
        test::Fixture::shoot(*m_place.page, QStringLiteral("imaging-not-shown"));
    }
    void whatCannotBeRead()
    {
        DataSetValue broken = electrocardiogram();
        DataSetValue group = *broken.item(attr::Waveforms);
        group.setNumber(attr::WaveformSamples, 400'000'000);
        broken.setItem(attr::Waveforms, group);
        m_place.write("ecg", broken);
        m_place.open();
        QPushButton *named = m_place.button(QStringLiteral("심전도"));
        QVERIFY(named);
        named->click();
        QTest::qWait(500);
        QVERIFY(m_place.page->grid().isVisible()); // said in the strip, nothing opened
        QVERIFY(!m_place.objects()->waveform().isVisible());
    }
};

QTEST_MAIN(TstUiStudyObjects)
#include "tst_ui_study_objects.moc"
