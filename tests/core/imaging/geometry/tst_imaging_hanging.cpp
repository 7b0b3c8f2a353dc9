// Layouts by modality and part, priors, and the windows offered.
#include "core/imaging/render/Presets.h"
#include "core/imaging/series/Hanging.h"
#include "tests/core/imaging/geometry/SliceSeries.h"

#include <QTest>

using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
std::vector<std::shared_ptr<ImageFacts>> mammograms(const QStringList &views, int first = 1)
{
    std::vector<std::shared_ptr<ImageFacts>> out;
    for (const QString &view : views) {
        out.push_back(sliceFacts({}, {1, 0, 0}, {0, 1, 0}, first++));
        ImageFacts &facts = *out.back();
        facts.modality = QStringLiteral("MG");
        facts.laterality = view.left(1);
        facts.viewPosition = view.mid(1);
        facts.frameFacts[0].hasPosition = false;
        facts.patientOrientation = {
            facts.laterality == QLatin1String("R") ? QStringLiteral("P") : QStringLiteral("A"),
            QStringLiteral("F")};
    }
    return out;
}

std::vector<std::shared_ptr<ImageFacts>> ct(const QString &part, int slices, bool withScout)
{
    auto out = axial(ramp(slices, 2));
    if (withScout) {
        auto scout = sliceFacts({0, 0, 0}, {1, 0, 0}, {0, 0, -1}, 1000);
        scout->seriesUid = QStringLiteral("2.25.50");
        scout->seriesNumber = 0;
        scout->imageType = {
            QStringLiteral("ORIGINAL"), QStringLiteral("PRIMARY"), QStringLiteral("LOCALIZER")};
        out.push_back(scout);
    }
    for (const auto &one : out)
        one->bodyPart = part;
    return out;
}
} // namespace

class TestImagingHanging : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // RCC LCC above RMLO LMLO whatever order they were taken in; a picture that looks the wrong way is
    // mirrored.
    void mammography()
    {
        auto facts = mammograms(
            {QStringLiteral("LMLO"), QStringLiteral("RCC"), QStringLiteral("LCC"), QStringLiteral("RMLO")});
        facts[2]->patientOrientation = {QStringLiteral("P"), QStringLiteral("L")};
        const auto refs = refsOf(facts);
        const auto stacks = buildStacks(refs);
        const Hanging hanging = hang(refs, stacks);
        QCOMPARE(hanging.rows, 2);
        QCOMPARE(hanging.columns, 2);
        QStringList shown, mirrored;
        for (const HangingCell &cell : hanging.cells) {
            shown.append(stacks[std::size_t(cell.stack)].part);
            if (cell.mirrored)
                mirrored.append(shown.last());
        }
        QCOMPARE(shown.join(QLatin1Char(' ')), QStringLiteral("RCC LCC RMLO LMLO"));
        QCOMPARE(mirrored, QStringList{QStringLiteral("LCC")});
    }

    // The chest walls meet in the middle: the edge of each picture that is the patient's back, or the side
    // that it is stored on where no orientation is told.
    void chestWalls()
    {
        auto facts = mammograms({QStringLiteral("RCC"), QStringLiteral("LCC"), QStringLiteral("RMLO")});
        facts[0]->patientOrientation = {QStringLiteral("P"), QStringLiteral("L")};
        facts[1]->patientOrientation = {QStringLiteral("A"), QStringLiteral("R")};
        facts[2]->patientOrientation.clear();
        const auto refs = refsOf(facts);
        const auto stacks = buildStacks(refs);
        const Hanging hanging = hang(refs, stacks);
        QCOMPARE(hanging.cells.size(), std::size_t(4)); // one is missing: the others keep their places
        QCOMPARE(hanging.cells[0].wall, 1);
        QCOMPARE(hanging.cells[1].wall, -1);
        QCOMPARE(hanging.cells[2].wall, 1);
        QCOMPARE(hanging.cells[3].stack, -1);
        const auto other = refsOf(ct(QStringLiteral("CHEST"), 5, false));
        QCOMPARE(hang(other, buildStacks(other)).cells[0].wall, 0);
    }

    // Rows and columns that would stay black give their room away.
    void noEmptyRows()
    {
        const auto two = refsOf(mammograms({QStringLiteral("RMLO"), QStringLiteral("LMLO")}));
        const auto stacks = buildStacks(two);
        const Hanging hanging = hang(two, stacks);
        QCOMPARE(hanging.rows, 1);
        QCOMPARE(hanging.columns, 2);
        QCOMPARE(stacks[std::size_t(hanging.cells[0].stack)].part, QStringLiteral("RMLO"));
        QCOMPARE(stacks[std::size_t(hanging.cells[1].stack)].part, QStringLiteral("LMLO"));
    }

    void mammographyWithPrior()
    {
        const QStringList views{
            QStringLiteral("RCC"), QStringLiteral("LCC"), QStringLiteral("RMLO"), QStringLiteral("LMLO")};
        const auto now = refsOf(mammograms(views)), before = refsOf(mammograms(views, 50));
        const auto stacks = buildStacks(now), earlier = buildStacks(before);
        const Hanging hanging = hang(now, stacks, before, earlier);
        QCOMPARE(hanging.cells.size(), std::size_t(8));
        QVERIFY(hanging.synchronised);
        QCOMPARE(hanging.cells[2].prior, true);
        QCOMPARE(earlier[std::size_t(hanging.cells[2].stack)].part, QStringLiteral("RCC"));
        QCOMPARE(earlier[std::size_t(hanging.cells[7].stack)].part, QStringLiteral("LMLO"));
        QVERIFY(!hanging.cells[std::size_t(hanging.active)].prior);
    }

    // A spot view alone still hangs.
    void viewsThatNoRowNames()
    {
        const auto refs = refsOf(mammograms({QStringLiteral("RSPOT"), QStringLiteral("RML")}));
        const auto stacks = buildStacks(refs);
        const Hanging hanging = hang(refs, stacks);
        QVERIFY(hanging.cells[0].stack >= 0 && hanging.cells[1].stack >= 0);
        QVERIFY(hanging.cells[0].stack != hanging.cells[1].stack);
    }

    void ctWithScoutAndPrior()
    {
        const auto now = refsOf(ct(QStringLiteral("CHEST"), 30, true));
        const auto stacks = buildStacks(now);
        const Hanging alone = hang(now, stacks);
        QCOMPARE(alone.rule, QStringLiteral("ct.scout"));
        QCOMPARE(stacks[std::size_t(alone.cells[0].stack)].size(), 30);
        QVERIFY(stacks[std::size_t(alone.cells[1].stack)].localizer);
        QCOMPARE(alone.active, 0);

        const auto before = refsOf(ct(QStringLiteral("CHEST"), 28, true));
        const auto earlier = buildStacks(before);
        const Hanging compared = hang(now, stacks, before, earlier);
        QCOMPARE(compared.columns, 2);
        QVERIFY(compared.synchronised && compared.cells[1].prior);
        QCOMPARE(earlier[std::size_t(compared.cells[1].stack)].size(), 28);
        // Another part is no prior.
        const auto knee = refsOf(ct(QStringLiteral("KNEE"), 28, false));
        QVERIFY(!hang(now, stacks, knee, buildStacks(knee)).synchronised);
    }

    void onePictureHangsAlone()
    {
        const auto now = refsOf(ct(QStringLiteral("HEAD"), 12, false));
        const Hanging hanging = hang(now, buildStacks(now));
        QCOMPARE(hanging.rows * hanging.columns, 1);
        QCOMPARE(hanging.cells[0].stack, 0);
        const Hanging nothing = hang({}, {});
        QCOMPARE(nothing.cells.size(), std::size_t(1));
        QCOMPARE(nothing.cells[0].stack, -1);
    }

    void grids()
    {
        const auto refs = refsOf(mammograms({QStringLiteral("RCC"), QStringLiteral("LCC")}));
        const Hanging grid = hangInGrid(2, 3, buildStacks(refs));
        QCOMPARE(grid.cells.size(), std::size_t(6));
        QCOMPARE(grid.cells[1].stack, 1);
        QCOMPARE(grid.cells[2].stack, -1);
        QCOMPARE(hangInGrid(0, 99, {}).cells.size(), std::size_t(4));
    }

    // The file's own windows first, then those of the part, then the others of the modality.
    void presets()
    {
        auto facts = sliceFacts({}, {1, 0, 0}, {0, 1, 0}, 1);
        facts->bodyPart = QStringLiteral("CHEST");
        facts->frameFacts[0].windows = {{40, 400, QStringLiteral("WINDOW1")}, {0, 0, {}}, {-500, 1400, {}}};
        facts->voiLuts.push_back({0, 12, {1, 2, 3, 4}, QStringLiteral("NORMAL"), {}});
        const auto presets = presetsFor(*facts, 0);
        QCOMPARE(presets[0].key, QStringLiteral("file.0"));
        QCOMPARE(presets[1].index, 2); // the unusable one is left out, numbers stay
        QCOMPARE(presets[2].key, QStringLiteral("lut.0"));
        QCOMPARE(presets[2].index, 3);
        QCOMPARE(presets[3].key, QStringLiteral("ct.mediastinum"));
        QCOMPARE(presets[4].key, QStringLiteral("ct.lung"));
        QVERIFY(presets.size() > 10);
        for (const Preset &preset : presets) {
            QVERIFY(preset.window.width > 0);
            QVERIFY(preset.index >= 0 || (!preset.english.isEmpty() && !preset.korean.isEmpty()));
        }
        facts->modality = QStringLiteral("US");
        facts->samples = 3;
        QVERIFY(presetsFor(*facts, 0).empty());
    }
};

QTEST_APPLESS_MAIN(TestImagingHanging)
#include "tst_imaging_hanging.moc"
