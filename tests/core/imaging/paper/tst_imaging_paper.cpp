// Pages of a document as pictures: the right colour at the right place, a reason for what cannot be drawn,
// and no document that does more harm than that.
#include "core/base/Errors.h"
#include "core/imaging/Errors.h"
#include "core/imaging/paper/Paper.h"
#include "core/imaging/paper/PaperProtocol.h"
#include "tests/core/imaging/paper/TestPdf.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <thread>

using namespace naru;
using imaging::Paper, imaging::PaperOptions, imaging::PaperPicture;
namespace errors = imaging::errors;

namespace {
using Pixel = quint32;
constexpr Pixel White = 0xffffffff, Red = 0xffff0000, Blue = 0xff0000ff;

PaperOptions options()
{
    PaperOptions out;
    out.program = QStringLiteral(NARU_BINARY_DIR "/bin/naru-paper");
    return out;
}

Pixel at(const PaperPicture &picture, double x, double y) // parts of the page, from the top left
{
    const auto column = std::size_t(x * picture.width), row = std::size_t(y * picture.height);
    Pixel out = 0;
    std::memcpy(&out, picture.pixels->data() + (row * std::size_t(picture.width) + column) * 4, 4);
    return out;
}

int inked(const PaperPicture &picture)
{
    int out = 0;
    for (std::size_t i = 0; i < picture.pixels->size(); i += 4) {
        Pixel pixel = 0;
        std::memcpy(&pixel, picture.pixels->data() + i, 4);
        out += pixel != White;
    }
    return out;
}

// Lower left quarter red: PDF counts from the bottom.
const QByteArray Quarter = "1 0 0 rg 0 0 297.5 421 re f";
} // namespace

class TstImagingPaper : public QObject {
    Q_OBJECT
    const base::WorkContext m_work{};

    base::Result<std::shared_ptr<Paper>> open(const QByteArray &bytes)
    {
        return Paper::open(bytes, m_work, options());
    }

    // A child of that name.
    QString child(const QTemporaryDir &folder, const char *name)
    {
        const QString path = folder.filePath(QString::fromLatin1(name));
        QFile::link(QStringLiteral(NARU_BINARY_DIR "/tests/evil_paper"), path);
        return path;
    }

private Q_SLOTS:
    void placesAndColours()
    {
        const auto paper = open(test::pdfOf({Quarter, "0 0 1 rg 297.5 421 297.5 421 re f"}).bytes());
        QVERIFY2(paper.ok(), paper ? "" : qPrintable(paper.error().toString()));
        QCOMPARE((*paper)->pages().size(), std::size_t(2));
        QCOMPARE((*paper)->pages()[0].width, 595.0);
        QCOMPARE((*paper)->pages()[0].height, 842.0);
        const auto first = (*paper)->draw(0, 600, m_work), second = (*paper)->draw(1, 300, m_work);
        QVERIFY(first.ok() && second.ok());
        QCOMPARE(first->width, 600);
        QCOMPARE(first->height, 849); // 600 x 842 / 595
        QCOMPARE(second->height, 425);
        QCOMPARE(at(*first, 0.25, 0.75), Red);
        QCOMPARE(at(*first, 0.75, 0.75), White);
        QCOMPARE(at(*first, 0.25, 0.25), White);
        QCOMPARE(at(*second, 0.75, 0.25), Blue);
        QCOMPARE(at(*second, 0.25, 0.75), White);
    }
    void turnedPages()
    {
        const auto paper = open(test::pdfOf({Quarter}, "/MediaBox[0 0 595 842]/Rotate 90").bytes());
        QVERIFY(paper.ok());
        QCOMPARE((*paper)->pages()[0].width, 842.0);
        const auto picture = (*paper)->draw(0, 842, m_work);
        QVERIFY(picture.ok());
        QCOMPARE(picture->height, 595);
        QCOMPARE(at(*picture, 0.25, 0.25), Red); // clockwise: lower left comes to the upper left
        QCOMPARE(at(*picture, 0.75, 0.75), White);
    }
    void halfTransparentInkIsOnWhite()
    {
        const auto paper = open(
            test::pdfOf({"/G gs " + Quarter}, "/MediaBox[0 0 595 842]", "<</ExtGState<</G<</ca 0.5>>>>>>")
                .bytes());
        QVERIFY(paper.ok());
        const auto picture = (*paper)->draw(0, 400, m_work);
        QVERIFY(picture.ok());
        const Pixel pink = at(*picture, 0.25, 0.75);
        QVERIFY(pink >> 24 == 0xff && (pink >> 16 & 255) == 255);
        QVERIFY(std::abs(int(pink >> 8 & 255) - 128) <= 1 && std::abs(int(pink & 255) - 128) <= 1);
    }
    // Fonts that a document names and does not bring: one of the fourteen of every reader, and a Korean one.
    void fontsOfTheMachine_data()
    {
        QTest::addColumn<QByteArray>("font");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("Helvetica") << QByteArray("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
                                   << QByteArray("(Report)");
        QTest::newRow("Korean") << QByteArray(
            "<</Type/Font/Subtype/Type0/BaseFont/HYSMyeongJo-Medium/Encoding/UniKS-UCS2-H"
            "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/HYSMyeongJo-Medium/CIDSystemInfo<</"
            "Registry(Adobe)"
            "/Ordering(Korea1)/Supplement 1>>/DW "
            "1000/FontDescriptor<</Type/FontDescriptor/FontName/HYSMyeongJo-Medium"
            "/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 800/StemV "
            "80>>>>]>>") << QByteArray("<AC80C0ACACB0ACFC>"); // 검사결과
    }
    void fontsOfTheMachine()
    {
        QFETCH(QByteArray, font);
        QFETCH(QByteArray, words);
        const auto paper = open(test::pdfOf({"BT /F 60 Tf 72 600 Td " + words + " Tj ET"},
            "/MediaBox[0 0 595 842]", "<</Font<</F " + font + ">>>>")
                                    .bytes());
        QVERIFY(paper.ok());
        const auto picture = (*paper)->draw(0, 595, m_work);
        QVERIFY2(picture.ok(), picture ? "" : qPrintable(picture.error().toString()));
        const int ink = inked(*picture);
        QVERIFY2(ink > 500 && ink < 20000, qPrintable(QString::number(ink)));
    }
    void aStampIsDrawn()
    {
        test::TestPdf pdf = test::pdfOf({{}}, "/MediaBox[0 0 595 842]/Annots[5 0 R]");
        QCOMPARE(pdf.add("<</Type/Annot/Subtype/Stamp/F 4/Rect[0 0 297.5 421]/AP<</N 6 0 R>>>>"), 5);
        pdf.add(test::TestPdf::stream(
            "0 0 1 rg 0 0 100 100 re f", "/Type/XObject/Subtype/Form/BBox[0 0 100 100]"));
        const auto paper = open(pdf.bytes());
        QVERIFY(paper.ok());
        const auto picture = (*paper)->draw(0, 400, m_work);
        QVERIFY(picture.ok());
        QCOMPARE(at(*picture, 0.25, 0.75), Blue);
    }
    void padded() // an even number of bytes: PS3.5 8.2
    {
        QVERIFY(open(test::pdfOf({Quarter}).bytes() + QByteArray(1, '\0')).ok());
        QVERIFY(open(test::pdfOf({Quarter}).bytes() + QByteArray(3, ' ')).ok());
    }
    void noMoreThanTheMostPixels()
    {
        const auto paper = open(test::pdfOf({Quarter}).bytes());
        QVERIFY(paper.ok());
        const auto picture = (*paper)->draw(0, 1'000'000, m_work);
        QVERIFY2(picture.ok(), picture ? "" : qPrintable(picture.error().toString()));
        QVERIFY(qint64(picture->width) * picture->height <= imaging::paper::MostPixels);
        QVERIFY(picture->width > 5000);
        QCOMPARE(at(*picture, 0.25, 0.75), Red);
        QVERIFY((*paper)->draw(0, -3, m_work).ok()); // a pixel wide
        QVERIFY(!(*paper)->draw(1, 100, m_work).ok());
        QVERIFY(!(*paper)->draw(-1, 100, m_work).ok());
    }
    void refused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        const QString damaged = QLatin1String(errors::PaperDamaged.id);
        test::TestPdf locked = test::pdfOf({Quarter});
        locked.trailer = "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<" + QByteArray(64, '1')
            + ">/U<" + QByteArray(64, '2') + ">>>";
        QTest::newRow("empty") << QByteArray() << damaged;
        QTest::newRow("no PDF") << QByteArray("<html>not a document</html>") << damaged;
        QTest::newRow("head only") << QByteArray("%PDF-1.4 not much of one\n%%EOF ") << damaged;
        QTest::newRow("no pages") << test::pdfOf({}).bytes() << damaged;
        QTest::newRow("locked") << locked.bytes() << QString(QLatin1String(errors::PaperLocked.id));
    }
    void refused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        const auto paper = open(bytes);
        QVERIFY(!paper.ok());
        QCOMPARE(QString::fromLatin1(paper.error().code.id), code);
    }
    // Documents that are built to take for ever, all memory or a wrong turn: an answer in bounded time.
    void hostile_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto with = [](const QByteArray &page, const QByteArray &drawing,
                              const QByteArray &resources = "<<>>") {
            return test::pdfOf({drawing}, page, resources).bytes();
        };
        QTest::newRow("page as large as a country") << with("/MediaBox[0 0 1e30 1e30]", Quarter);
        QTest::newRow("page without a size") << with("/MediaBox[0 0 0 0]", Quarter);
        QTest::newRow("page of no numbers") << with("/MediaBox[(a)(b)]", Quarter);
        test::TestPdf loop = test::pdfOf({Quarter});
        loop.objects[1] = "<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 1000000000>>";
        QTest::newRow("tree of pages that is its own child") << loop.bytes();
        QTest::newRow("nested arrays")
            << with("/MediaBox[0 0 595 842]/X" + QByteArray(100'000, '['), Quarter);
        QTest::newRow("nested states") << with("/MediaBox[0 0 595 842]", QByteArray("q ").repeated(200'000));
        test::TestPdf form = test::pdfOf({"/A Do"}, "/MediaBox[0 0 595 842]", "<</XObject<</A 5 0 R>>>>");
        form.add(test::TestPdf::stream(
            "/A Do /A Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"));
        QTest::newRow("form that draws itself") << form.bytes();
        test::TestPdf image =
            test::pdfOf({"500 0 0 500 0 0 cm /A Do"}, "/MediaBox[0 0 595 842]", "<</XObject<</A 5 0 R>>>>");
        image.add(test::TestPdf::stream("x",
            "/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"));
        QTest::newRow("image of ten gigabytes") << image.bytes();
        test::TestPdf tiling = test::pdfOf(
            {"/Pattern cs /P scn 0 0 595 842 re f"}, "/MediaBox[0 0 595 842]", "<</Pattern<</P 5 0 R>>>>");
        tiling.add(test::TestPdf::stream("0 0 1 1 re f",
            "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001/Resources<<>>"));
        QTest::newRow("half a trillion tiles") << tiling.bytes();
        QByteArray torn = test::pdfOf({Quarter}).bytes();
        QTest::newRow("cut in the middle") << torn.left(torn.size() / 2);
        QTest::newRow("table of references elsewhere") << torn.replace("startxref\n", "startxref\n9");
    }
    void hostile()
    {
        QFETCH(QByteArray, bytes);
        const auto paper = open(bytes);
        if (!paper)
            return;
        const auto picture = (*paper)->draw(0, 500, m_work);
        if (picture)
            QVERIFY(qint64(picture->width) * picture->height <= imaging::paper::MostPixels);
        else
            QVERIFY(!picture.error().is(errors::PaperProgram));
    }
    void mutated()
    {
        QRandomGenerator random(42);
        const QByteArray good = test::pdfOf({Quarter, "BT /F 20 Tf 72 600 Td (Report) Tj ET"},
            "/MediaBox[0 0 595 842]", "<</Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>")
                                    .bytes();
        for (int round = 0; round < 40; ++round) {
            QByteArray bytes = good;
            for (int i = 0; i < 6; ++i)
                bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
            const auto paper = open(bytes);
            if (paper)
                (void)(*paper)->draw(0, 200, m_work).ok();
        }
    }
    void children_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const base::ErrorCode &code) {
            QTest::newRow(name) << QByteArray(name) << QString::fromLatin1(code.id);
        };
        row("dumb", errors::PaperProgram);
        row("version", errors::PaperProgram);
        for (const char *name : {"nan", "negative", "huge", "odd", "nothing"})
            row(name, errors::PaperDamaged);
        row("wrongword", errors::PaperCrashed);
        row("silent", errors::PaperTimeout);
    }
    void children()
    {
        QFETCH(QByteArray, name);
        QFETCH(QString, code);
        const QTemporaryDir folder;
        PaperOptions lying;
        lying.program = child(folder, name.constData());
        lying.milliseconds = name == "silent" ? 200 : 3000;
        const auto paper = Paper::open(test::pdfOf({Quarter}).bytes(), m_work, lying);
        QVERIFY(!paper.ok());
        QCOMPARE(QString::fromLatin1(paper.error().code.id), code);
    }
    void noProgram()
    {
        PaperOptions none;
        none.program = QStringLiteral("/nonexistent/naru-paper");
        const auto paper = Paper::open(test::pdfOf({Quarter}).bytes(), m_work, none);
        QVERIFY(!paper.ok());
        QCOMPARE(QString::fromLatin1(paper.error().code.id), QString::fromLatin1(errors::PaperProgram.id));
    }
    // Each page is asked of a new process; the document stays open.
    void aProcessThatDiesAtAPage()
    {
        const QTemporaryDir folder;
        PaperOptions dying;
        dying.program = child(folder, "dies");
        const auto paper = Paper::open(test::pdfOf({Quarter}).bytes(), m_work, dying);
        QVERIFY(paper.ok());
        for (int i = 0; i < 2; ++i) {
            const auto picture = (*paper)->draw(i, 100, m_work);
            QVERIFY(!picture.ok());
            QCOMPARE(
                QString::fromLatin1(picture.error().code.id), QString::fromLatin1(errors::PaperCrashed.id));
        }
    }
    void stopped()
    {
        const QTemporaryDir folder;
        PaperOptions silent;
        silent.program = child(folder, "silent");
        std::stop_source stop;
        const base::WorkContext work(stop.get_token());
        std::jthread later([&stop] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            stop.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        const auto paper = Paper::open(test::pdfOf({Quarter}).bytes(), work, silent);
        QVERIFY(!paper.ok() && paper.error().is(errors::Stopped));
        QVERIFY(timer.elapsed() < 10'000);
    }
    void cage_data()
    {
        QTest::addColumn<QByteArray>("act");
        QTest::addColumn<bool>("allowed");
        for (const char *act : {"cage-work", "cage-fonts"})
            QTest::newRow(act) << QByteArray(act) << true;
        for (const char *act : {"cage-write", "cage-exec", "cage-fork", "cage-socket", "cage-code"})
            QTest::newRow(act) << QByteArray(act) << false;
        if (QFile lsm(QStringLiteral("/sys/kernel/security/lsm"));
            lsm.open(QIODevice::ReadOnly) && lsm.readAll().contains("landlock"))
            QTest::newRow("cage-read") << QByteArray("cage-read") << false;
    }
    void cage()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("sanitizer builds run without the filter");
#endif
        QFETCH(QByteArray, act);
        QFETCH(bool, allowed);
        const QTemporaryDir folder;
        QProcess process;
        process.start(child(folder, act.constData()), QStringList());
        QVERIFY(process.waitForFinished(5000 * NARU_TIME_FACTOR));
        QCOMPARE(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, allowed);
        QVERIFY(process.exitCode() != 3 || process.exitStatus() != QProcess::NormalExit);
    }
};

QTEST_GUILESS_MAIN(TstImagingPaper)
#include "tst_imaging_paper.moc"
