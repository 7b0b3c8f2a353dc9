// The reader on real and hostile documents: everything is shown, nothing acts.
#include "tests/ui/compose/Fixture.h"

#include "core/clinical/Narrative.h"
#include "core/services/Errors.h"
#include "core/services/RecordService.h"
#include "ui/forms/PrintDocument.h"
#include "ui/pages/documents/EntryPane.h"
#include "ui/pages/documents/HonestyBar.h"
#include "ui/pages/documents/ReaderPage.h"
#include "ui/pages/documents/ReportImages.h"
#include "ui/widgets/CdaBuilder.h"
#include "ui/widgets/CdaView.h"

#include <QBuffer>
#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTextBlock>
#include <QTextLayout>
#include <QTreeWidget>

using namespace naru;
using namespace naru::ui;

namespace {

QString words(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c.isLetterOrNumber())
            out += c;
    }
    return out;
}

void collect(const std::vector<clinical::Section> &sections, QStringList &texts)
{
    for (const clinical::Section &section : sections) {
        texts << clinical::plainText(section.narrative)
                     .split(QRegularExpression(QStringLiteral("[\\s\\t\\n]+")), Qt::SkipEmptyParts);
        collect(section.sections, texts);
    }
}

// The first date or code that stands on two lines, with its text; empty when all are whole.
QString brokenPiece(const QTextDocument &document)
{
    static const QRegularExpression piece(
        QStringLiteral("\\d{4}-\\d{2}-\\d{2}|\\b[A-Z]\\d{2}\\.\\d+|\\b\\d{9}\\b"));
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QTextLayout *layout = block.layout();
        for (auto it = piece.globalMatch(block.text()); it.hasNext();) {
            const QRegularExpressionMatch match = it.next();
            const QTextLine first = layout->lineForTextPosition(int(match.capturedStart())),
                            last = layout->lineForTextPosition(int(match.capturedEnd()) - 1);
            if (!first.isValid() || first.lineNumber() != last.lineNumber())
                return QStringLiteral("%1 is broken in: %2").arg(match.captured(), block.text());
        }
    }
    return {};
}

} // namespace

class TestReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_f = std::make_unique<test::Fixture>(); }
    void cleanupTestCase()
    {
        m_page.reset();
        m_f.reset();
    }

    void everyTextIsShown_data() { files("golden"); }
    void everyTextIsShown()
    {
        QFETCH(QString, path);
        open(test::bytesOf(path));
        m_page->view()->finishNow();
        const QString shown = words(m_page->view()->toPlainText());
        QStringList texts;
        collect(m_page->view()->shown().sections, texts);
        QVERIFY(!texts.isEmpty());
        for (const QString &text : texts)
            QVERIFY2(shown.contains(words(text)), qPrintable(text));
        m_page->otherView(); // as authored
        m_page->view()->finishNow();
        const QString authored = words(m_page->view()->toPlainText());
        for (const QString &text : texts)
            QVERIFY2(authored.contains(words(text)), qPrintable(text));
        QVERIFY(m_page->honesty()->text().contains(QStringLiteral("–"))
            || m_page->honesty()->text().contains(QStringLiteral("?")));
        const QStringList bad = test::unnamed(m_page.get());
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char('\n'))));
        if (path.contains(QLatin1String("referral")) || path.contains(QLatin1String("return"))) {
            m_page->otherView();
            test::Fixture::shoot(*m_page, QStringLiteral("reader-") + QFileInfo(path).baseName());
        }
    }

    // Without consent nothing is fetched, nothing opens, and the reason comes back; the same again later.
    void imagesNeedConsent()
    {
        ReportImages images(*m_f->context, m_f->patient, nullptr);
        QSignalSpy failed(&images, &ReportImages::failed), started(&images, &ReportImages::started);
        QSignalSpy opened(m_f->context.get(), &AppContext::openRequested);
        for (const int times : {1, 2}) {
            images.show({QStringLiteral("2.25.100")});
            images.show({QStringLiteral("2.25.100")}); // a second click asks nobody twice
            QTRY_COMPARE(failed.size(), times);
            QCOMPARE(started.size(), times);
        }
        QVERIFY(failed.first().first().value<base::Error>().is(services::errors::NoConsent));
        QVERIFY(opened.isEmpty());
        images.show({});
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().value<PageRequest>().kind, QStringLiteral("imaging"));
    }

    void hostileDocumentsAreInert_data() { files("hostile"); }
    void hostileDocumentsAreInert()
    {
        QFETCH(QString, path);
        QByteArray bytes = test::bytesOf(path);
        if (bytes.isEmpty())
            bytes = " ";
        open(bytes);
        m_page->view()->finishNow();
        const auto *document = qobject_cast<CdaTextDocument *>(m_page->view()->document());
        QVERIFY(document);
        // Nothing in the document may name a place outside of it, and nothing may be clickable.
        for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
            for (auto it = block.begin(); !it.atEnd(); ++it) {
                const QTextCharFormat format = it.fragment().charFormat();
                QVERIFY(!format.isAnchor());
                QVERIFY(format.anchorHref().isEmpty());
                if (format.isImageFormat())
                    QVERIFY2(format.toImageFormat().name().startsWith(QLatin1String("media:")),
                        qPrintable(format.toImageFormat().name()));
            }
        }
        for (const char *place :
            {"http://example.com/a.png", "file:///etc/passwd", "qrc:/x", "javascript:alert(1)", "../x.png"})
            QVERIFY(!m_page->view()
                         ->document()
                         ->resource(QTextDocument::ImageResource, QUrl(QString::fromLatin1(place)))
                         .isValid());
        QVERIFY(m_page->view()->textInteractionFlags().testFlag(Qt::TextSelectableByMouse));
        QVERIFY(!m_page->view()->textInteractionFlags().testFlag(Qt::LinksAccessibleByMouse));
    }

    void mismatchIsSaidWithBothValues()
    {
        open(test::bytesOf(QStringLiteral(NARU_TEST_DATA "/cda/hostile/value-mismatch.xml")));
        QVERIFY(m_page->nextGap()); // F8
        const QString strip = m_page->view()->textCursor().selectedText();
        QVERIFY2(strip.startsWith(QLatin1Char('!')), qPrintable(strip));
        const auto &warning = m_page->view()->shown().warnings.front();
        QVERIFY(strip.contains(warning.arguments.value(QStringLiteral("narrative"))));
        QVERIFY(strip.contains(warning.arguments.value(QStringLiteral("entry"))));
        test::Fixture::shoot(*m_page, QStringLiteral("reader-mismatch"));
    }

    void directionTricksAreVisible()
    {
        open(test::bytesOf(QStringLiteral(NARU_TEST_DATA "/cda/hostile/rtl-override.xml")));
        m_page->view()->finishNow();
        QVERIFY(!m_page->view()->toPlainText().contains(QChar(0x202E)));
        QVERIFY(m_page->view()->toPlainText().contains(QStringLiteral("U+202E")));
    }

    void unreadableBytesAreShownRawWithTheReason()
    {
        open(QByteArrayLiteral("<not-cda/>"));
        QVERIFY(m_page->findChild<QWidget *>(QStringLiteral("reader.raw"))->isVisible());
    }

    void picturesOnlyFromTheDocumentAndOnlyPictures()
    {
        CdaTextDocument document;
        QMap<QString, clinical::Media> media;
        QImage image(10, 10, QImage::Format_RGB32);
        image.fill(Qt::red);
        clinical::Media good;
        good.mediaType = QStringLiteral("image/png");
        QBuffer buffer(&good.bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        clinical::Media bad;
        bad.mediaType = QStringLiteral("image/png");
        bad.bytes = "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>";
        media.insert(QStringLiteral("good"), good);
        media.insert(QStringLiteral("bad"), bad);
        document.setMedia(media, 400);
        QVERIFY(document.hasPicture(QStringLiteral("good")));
        QVERIFY(!document.hasPicture(QStringLiteral("bad")));
        QVERIFY(
            document
                .resource(QTextDocument::ImageResource, CdaTextDocument::pictureUrl(QStringLiteral("good")))
                .isValid());
        QVERIFY(
            !document
                 .resource(QTextDocument::ImageResource, CdaTextDocument::pictureUrl(QStringLiteral("bad")))
                 .isValid());
    }

    void oneMegabyteShowsItsFirstPageAtOnce()
    {
        clinical::ReadDocument read;
        read.document.title = QStringLiteral("큰 문서");
        for (int s = 0; s < 20; ++s) {
            clinical::Section section;
            section.title = QStringLiteral("검사 %1").arg(s);
            clinical::Block table;
            table.kind = clinical::Block::Kind::Table;
            for (int r = 0; r < 250; ++r) {
                std::vector<clinical::Cell> row;
                for (int c = 0; c < 5; ++c) {
                    clinical::Cell cell;
                    clinical::Block p;
                    clinical::Run run;
                    run.text = QStringLiteral("값 %1-%2 당화혈색소").arg(r).arg(c);
                    p.runs.push_back(run);
                    cell.blocks.push_back(p);
                    row.push_back(cell);
                }
                table.rows.push_back(row);
            }
            section.narrative.push_back(table);
            read.sections.push_back(section);
        }
        CdaView view(m_f->theme, true);
        view.resize(800, 600);
        view.show();
        QElapsedTimer clock;
        clock.start();
        view.setDocumentToShow(read);
        view.grab();
        const qint64 took = clock.elapsed();
        qInfo("first paint of 1 MB: %lld ms", took);
        QVERIFY2(took < 600 * NARU_TIME_FACTOR,
            qPrintable(QString::number(took))); // 150 ms in a release build; this one is not optimised
        QVERIFY(!view.finished()); // the rest follows
        view.goToSection(3);
        QVERIFY(view.currentSection() == 3);
    }

    // In every pane width a date or a code stands on one line: a date broken in the middle reads as another
    // one.
    void unbreakablePiecesStayWhole_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("width");
        const QDir dir(QStringLiteral(NARU_TEST_DATA "/cda/golden"));
        for (const QString &name : dir.entryList({QStringLiteral("*.xml")}, QDir::Files)) {
            for (const int width : {320, 440, 620, 900})
                QTest::addRow("%s %d", qPrintable(name), width) << dir.filePath(name) << width;
        }
    }
    void unbreakablePiecesStayWhole()
    {
        QFETCH(QString, path);
        QFETCH(int, width);
        const auto read = services::readBytes(test::bytesOf(path));
        QVERIFY(read.ok());
        CdaView view(m_f->theme, true);
        view.resize(width, 600);
        view.show();
        view.setDocumentToShow(*read);
        view.finishNow();
        view.grab();
        const QString broken = brokenPiece(*view.document());
        QVERIFY2(broken.isEmpty(), qPrintable(broken));
    }
    // The measure itself: a grid that does not know its width breaks them, and that is seen.
    void brokenPiecesAreSeen()
    {
        const auto read =
            services::readBytes(test::bytesOf(QStringLiteral(NARU_TEST_DATA "/cda/golden/referral.xml")));
        QVERIFY(read.ok());
        CdaTextDocument document;
        CdaBuilder::Options options;
        options.body = m_f->theme.font(Theme::Face::Body);
        options.colours = CdaBuilder::colours(m_f->theme);
        CdaBuilder builder(*read, document, options);
        for (const clinical::Section &section : read->sections) {
            for (const auto &step : builder.narrativeSteps(section))
                step();
        }
        document.setTextWidth(320);
        QVERIFY(document.size().height() > 0); // laid out
        QVERIFY(!brokenPiece(document).isEmpty());
    }
    void crowdedTableBecomesLinesAndComesBack()
    {
        const auto read =
            services::readBytes(test::bytesOf(QStringLiteral(NARU_TEST_DATA "/cda/golden/referral.xml")));
        QVERIFY(read.ok());
        const auto worst = [&](double characters) {
            const std::vector<int> fits = CdaBuilder::fits(read->sections, characters);
            return fits.empty() ? -1 : *std::max_element(fits.begin(), fits.end());
        };
        QCOMPARE(worst(300), int(CdaBuilder::Fit::Grid));
        QCOMPARE(worst(40), int(CdaBuilder::Fit::Lines));
        CdaView view(m_f->theme, true);
        view.resize(1400, 600);
        view.show();
        view.setDocumentToShow(*read);
        view.finishNow();
        const QString heading = QStringLiteral("약품명: ");
        QVERIFY(!view.toPlainText().contains(heading));
        view.resize(320, 600);
        QTRY_VERIFY(view.toPlainText().contains(heading)); // its words stand at each value
        view.resize(1400, 600);
        QTRY_VERIFY(!view.toPlainText().contains(heading));
    }
    void codedValuesAreAViewWhereThereIsNoRoomForAPane()
    {
        open(test::bytesOf(QStringLiteral(NARU_TEST_DATA "/cda/golden/referral.xml")));
        auto *style = m_page->findChild<QTabBar *>(QStringLiteral("reader.style"));
        auto *list = m_page->findChild<QTreeWidget *>(QStringLiteral("reader.entries"));
        m_page->resize(1400, 700);
        QCOMPARE(style->count(), 2);
        QVERIFY(list->isVisible());
        m_page->resize(620, 700);
        QCOMPARE(style->count(), 3);
        QVERIFY(!list->isVisible());
        QVERIFY(m_page->otherView() && m_page->otherView()); // F9, F9
        QVERIFY(list->isVisible());
        QVERIFY(list->topLevelItemCount() > 0);
        QVERIFY(m_page->otherView());
        QVERIFY(m_page->view()->isVisible());
        m_page->otherView();
        m_page->otherView();
        m_page->resize(1400, 700);
        QCOMPARE(style->count(), 2);
        QVERIFY(m_page->view()->isVisible() && list->isVisible());
        QCOMPARE(m_page->view()->styleOfView(), CdaView::Style::Reader);
    }

    void findGoesRound()
    {
        open(test::bytesOf(QStringLiteral(NARU_TEST_DATA "/cda/golden/referral.xml")));
        m_page->view()->finishNow();
        const QString patient = m_page->view()->shown().document.patient.name;
        QVERIFY(m_page->view()->matchCount(patient) > 0);
        for (int i = 0; i < 5; ++i)
            QVERIFY(m_page->view()->findText(patient));
    }

    void sectionsAreReachedByNumber()
    {
        open(test::bytesOf(QStringLiteral(NARU_TEST_DATA "/cda/golden/referral.xml")));
        QVERIFY(m_page->goToSection(2));
        QCOMPARE(m_page->view()->currentSection(), 1);
        QVERIFY(!m_page->goToSection(99));
    }

    void trendKeepsTimeAndBand()
    {
        TrendChart chart(m_f->theme);
        Trend trend;
        trend.name = QStringLiteral("당화혈색소");
        trend.unit = QStringLiteral("%");
        QVERIFY(parseRange(QStringLiteral("4.0-6.0"), trend.low, trend.hasLow, trend.high, trend.hasHigh));
        for (const auto &[date, value] : {std::pair{QDate(2026, 1, 1), 7.1},
                 std::pair{QDate(2024, 1, 1), 6.4}, std::pair{QDate(2025, 7, 1), 8.1}})
            trend.points.push_back(
                {QDateTime(date, QTime(9, 0)), value, QString::number(value), QStringLiteral("회송서"), {}});
        chart.resize(900, 200);
        chart.setTrend(trend);
        QCOMPARE(chart.position(0), 0.0); // oldest left
        QCOMPARE(chart.position(2), 1.0);
        QVERIFY(chart.position(1) > 0.7
            && chart.position(1) < 0.8); // eighteen of twenty-four months, not the middle
        chart.show();
        QCOMPARE(chart.current(), 2);
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(chart.currentWords().contains(QStringLiteral("8.1")));
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("2025-07-01")));
        test::Fixture::shoot(chart, QStringLiteral("trend"));
        double low = 0, high = 0;
        bool hasLow = false, hasHigh = false;
        QVERIFY(parseRange(QStringLiteral("< 5"), low, hasLow, high, hasHigh));
        QVERIFY(!hasLow && hasHigh);
        QVERIFY(!parseRange(QStringLiteral("음성"), low, hasLow, high, hasHigh));
    }

    void originalBytesAreKept()
    {
        const QByteArray bytes = test::bytesOf(QStringLiteral(NARU_TEST_DATA "/cda/golden/return.xml"));
        open(bytes);
        const QString path = m_f->m_dir.path() + QStringLiteral("/kept.xml");
        QVERIFY(m_page->exportTo(path));
        QCOMPARE(test::bytesOf(path), bytes);
        QVERIFY(writePdf(
            m_f->m_dir.path() + QStringLiteral("/r.pdf"), *m_page->view(), bytes, QStringLiteral("ab")));
    }

private:
    static void files(const char *folder)
    {
        QTest::addColumn<QString>("path");
        const QDir dir(QStringLiteral(NARU_TEST_DATA "/cda/") + QString::fromLatin1(folder));
        for (const QFileInfo &file : dir.entryInfoList({QStringLiteral("*.xml")}, QDir::Files))
            QTest::newRow(qPrintable(file.baseName())) << file.filePath();
    }
    void open(const QByteArray &bytes)
    {
        m_page = std::make_unique<ReaderPage>(*m_f->context, bytes);
        m_page->resize(1200, 620);
        QSignalSpy shown(m_page.get(), &ReaderPage::shown);
        m_page->show();
        QTRY_VERIFY(!shown.isEmpty());
    }

    std::unique_ptr<test::Fixture> m_f{};
    std::unique_ptr<ReaderPage> m_page{};
};

QTEST_MAIN(TestReader)
#include "tst_ui_reader.moc"
