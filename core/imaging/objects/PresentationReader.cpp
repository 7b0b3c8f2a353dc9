// Presentation states of others, as far as they make sense.
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/PresentationParts.h"

#include <algorithm>
#include <cmath>

namespace naru::imaging {

namespace {
// What is drawn at each repaint: enough for the longest outline that somebody draws by hand, many times.
struct Ink {
    std::size_t points = 20'000;
    int texts = 1000;
};

GraphicUnits unitsOf(const DataSetValue &item, quint32 tag)
{
    // MATRIX (2012) counts in pixels of the whole slide, which for our images are the pixels.
    return item.text(tag) == QLatin1String("DISPLAY") ? GraphicUnits::Display : GraphicUnits::Pixel;
}

std::optional<GraphicPoint> pointOf(const DataSetValue &item, quint32 tag)
{
    const std::vector<double> values = item.numbers(tag);
    if (values.size() != 2)
        return std::nullopt;
    return GraphicPoint{values[0], values[1]};
}

std::vector<ReferencedInstance> imagesOf(const DataSetValue &item)
{
    std::vector<ReferencedInstance> out;
    for (const DataSetValue &one : item.items(attr::ReferencedImage))
        out.push_back(instanceOf(one));
    return out;
}

std::optional<GraphicObject> graphicOf(const DataSetValue &item)
{
    GraphicObject out;
    const QString name = item.text(attr::GraphicType);
    const auto row = std::find_if(graphicTypes().begin(), graphicTypes().end(),
        [&name](const GraphicTypeRow &one) { return name == QLatin1String(one.name); });
    const std::vector<double> data = item.numbers(attr::GraphicData);
    if (row == graphicTypes().end() || data.size() % 2 != 0 || item.integer(attr::GraphicDimensions, 2) != 2)
        return std::nullopt;
    out.type = row->type;
    out.units = unitsOf(item, attr::GraphicUnits);
    for (std::size_t i = 0; i < data.size(); i += 2)
        out.points.push_back({data[i], data[i + 1]});
    out.filled = item.text(attr::GraphicFilled) == QLatin1String("Y");
    if (const DataSetValue *style = item.item(attr::LineStyle)) {
        out.lab = decodedLab(style->numbers(attr::LineLab));
        out.thickness = std::clamp(style->number(attr::LineThickness).value_or(0), 0.0, 1000.0);
    }
    return isDrawable(out) ? std::optional(out) : std::nullopt;
}

std::optional<TextObject> textOf(const DataSetValue &item)
{
    TextObject out;
    out.text = item.text(attr::UnformattedText);
    out.text.replace(QLatin1String("\r\n"), QLatin1String("\n"))
        .replace(QLatin1Char('\r'), QLatin1Char('\n'));
    const auto first = pointOf(item, attr::BoxTopLeft), last = pointOf(item, attr::BoxBottomRight);
    out.anchor = pointOf(item, attr::Anchor);
    if (first && last) {
        out.box = {*first, *last};
        const QString justification = item.text(attr::BoxJustification);
        out.justification = justification == QLatin1String("LEFT") ? QString() : justification;
        out.units = unitsOf(item, attr::BoxUnits);
    } else {
        out.units = unitsOf(item, attr::AnchorUnits);
    }
    out.anchorVisible = out.anchor && item.text(attr::AnchorVisible) == QLatin1String("Y");
    // One of two whose units differ: what the words point at, else where they stand.
    if (out.box && out.anchor && unitsOf(item, attr::AnchorUnits) != out.units) {
        if (out.anchorVisible) {
            out.box.reset();
            out.justification.clear();
            out.units = unitsOf(item, attr::AnchorUnits);
        } else {
            out.anchor.reset();
        }
    }
    return isDrawable(out) ? std::optional(out) : std::nullopt;
}

Annotation annotationOf(const DataSetValue &item, Ink &ink, int &leftOut)
{
    Annotation out;
    out.layer = item.text(attr::GraphicLayer);
    out.images = imagesOf(item);
    for (const DataSetValue &one : item.items(attr::GraphicObjects)) {
        auto graphic = ink.points > 0 ? graphicOf(one) : std::nullopt;
        if (graphic && graphic->points.size() <= ink.points) {
            ink.points -= graphic->points.size();
            out.graphics.push_back(std::move(*graphic));
        } else {
            ++leftOut;
        }
    }
    for (const DataSetValue &one : item.items(attr::TextObjects)) {
        if (auto text = ink.texts > 0 ? textOf(one) : std::nullopt) {
            --ink.texts;
            out.texts.push_back(std::move(*text));
        } else {
            ++leftOut;
        }
    }
    return out;
}

std::optional<VoiChoice> voiOf(const DataSetValue &item)
{
    VoiChoice out;
    out.images = imagesOf(item);
    if (const DataSetValue *lut = item.item(attr::VoiLut))
        out.lut = lutOf(*lut);
    if (out.lut)
        return out;
    const std::vector<double> centres = item.numbers(attr::WindowCentre),
                              widths = item.numbers(attr::WindowWidth);
    const QStringList explanations = item.texts(attr::WindowExplanation);
    for (std::size_t i = 0; i < std::min(centres.size(), widths.size()); ++i) {
        if (std::isfinite(centres[i]) && widths[i] > 0)
            out.windows.push_back({centres[i], widths[i], explanations.value(qsizetype(i))});
    }
    const QString function = item.text(attr::VoiFunction);
    for (const VoiFunction one : {VoiFunction::LinearExact, VoiFunction::Sigmoid}) {
        if (function == QLatin1String(voiFunctionName(one)))
            out.function = one;
    }
    return out.windows.empty() ? std::nullopt : std::optional(out);
}

std::optional<DisplayedArea> areaOf(const DataSetValue &item)
{
    constexpr double Most = 1e6;
    DisplayedArea out;
    out.images = imagesOf(item);
    const auto first = pointOf(item, attr::AreaTopLeft), last = pointOf(item, attr::AreaBottomRight);
    const auto inRange = [](const GraphicPoint &p) { return std::abs(p.x) < Most && std::abs(p.y) < Most; };
    if (!first || !last || !inRange(*first) || !inRange(*last))
        return std::nullopt;
    // Where they lie on the screen follows from rotation and flip; here they are the image's again.
    out.topLeft = {int(std::min(first->x, last->x)), int(std::min(first->y, last->y))};
    out.bottomRight = {int(std::max(first->x, last->x)), int(std::max(first->y, last->y))};
    for (const DisplayedArea::Mode mode : {DisplayedArea::Mode::TrueSize, DisplayedArea::Mode::Magnify}) {
        if (item.text(attr::SizeMode) == QLatin1String(sizeModeName(mode)))
            out.mode = mode;
    }
    const std::vector<double> spacing = item.numbers(attr::PresentationSpacing),
                              aspect = item.numbers(attr::PresentationAspect);
    if (spacing.size() == 2 && spacing[0] > 0 && spacing[1] > 0)
        out.spacing = {spacing[0], spacing[1]};
    if (aspect.size() == 2 && aspect[0] >= 1 && aspect[1] >= 1 && aspect[0] < Most && aspect[1] < Most)
        out.aspect = {int(aspect[0]), int(aspect[1])};
    const double magnification = item.number(attr::Magnification).value_or(1);
    out.magnification = magnification > 0 ? magnification : 1;
    return out;
}

void readTransformations(const DataSetValue &set, PresentationState &state)
{
    state.inverse = set.text(attr::PresentationLutShape) == QLatin1String("INVERSE");
    const int rotation = set.integer(attr::Rotation);
    state.rotation = rotation == 90 || rotation == 180 || rotation == 270 ? rotation : 0;
    state.flip = set.text(attr::HorizontalFlip) == QLatin1String("Y");
    if (const DataSetValue *lut = set.item(attr::ModalityLut))
        state.modalityLut = lutOf(*lut);
    const auto slope = set.number(attr::Slope), intercept = set.number(attr::Intercept);
    if (slope && intercept && *slope != 0) {
        state.rescale = {*slope, *intercept};
        state.rescaleType = set.text(attr::RescaleType);
    }
}
} // namespace

base::Result<PresentationReading> presentationOf(const DataSetValue &set)
{
    if (!set.text(attr::SopClass).startsWith(base::oid("sopPresentations").text() + QLatin1Char('.')))
        return errors::WrongObject;
    PresentationReading out;
    PresentationState &state = out.state;
    state.header = headerOf(set);
    state.label = set.text(attr::ContentLabel);
    state.description = set.text(attr::ContentDescription);
    state.creator = set.text(attr::ContentCreator);
    state.images = seriesImagesOf(set.items(attr::ReferencedSeries));
    for (const DataSetValue &item : set.items(attr::GraphicLayers))
        state.layers.push_back({item.text(attr::GraphicLayer), item.integer(attr::LayerOrder, 1),
            item.text(attr::LayerDescription), decodedLab(item.numbers(attr::LayerLab))});
    Ink ink;
    for (const DataSetValue &item : set.items(attr::GraphicAnnotation)) {
        Annotation annotation = annotationOf(item, ink, out.leftOut);
        if (!annotation.graphics.empty() || !annotation.texts.empty())
            state.annotations.push_back(std::move(annotation));
    }
    for (const DataSetValue &item : set.items(attr::SoftcopyVoi)) {
        if (auto voi = voiOf(item))
            state.windows.push_back(std::move(*voi));
        else
            ++out.leftOut;
    }
    for (const DataSetValue &item : set.items(attr::DisplayedAreas)) {
        if (auto area = areaOf(item))
            state.areas.push_back(std::move(*area));
        else
            ++out.leftOut;
    }
    readTransformations(set, state);
    return out;
}

} // namespace naru::imaging
