#include "core/imaging/objects/Presentation.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/PresentationParts.h"

#include <algorithm>

namespace naru::imaging {

namespace {
constexpr int MostText = 1024; // characters of Unformatted Text Value, ST

base::Error bad(const char *what)
{
    return base::Error(errors::BadGraphic, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

base::Error incomplete(const char *what)
{
    return base::Error(errors::Incomplete, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

QLatin1String unitsName(GraphicUnits units)
{
    return QLatin1String(units == GraphicUnits::Pixel ? "PIXEL" : "DISPLAY");
}

QString yesNo(bool yes)
{
    return yes ? QStringLiteral("Y") : QStringLiteral("N");
}

int quarters(const PresentationState &state)
{
    return ((state.rotation % 360) + 360) % 360 / 90;
}

void putImages(const std::vector<ReferencedInstance> &images, DataSetValue &item)
{
    std::vector<DataSetValue> items;
    items.reserve(images.size());
    for (const ReferencedInstance &image : images)
        items.push_back(instanceItem(image));
    if (!items.empty())
        item.setItems(attr::ReferencedImage, std::move(items));
}

// Only a colour or a width of its own makes a line style; its other members are type 1 (C.10.5.1.1).
void putStyle(const GraphicObject &graphic, DataSetValue &item)
{
    if (!graphic.lab && graphic.thickness <= 0)
        return;
    DataSetValue style;
    style.setNumbers(attr::LineLab, encodedLab(graphic.lab.value_or(std::array{100.0, 0.0, 0.0})));
    style.setNumber(attr::LineOpacity, 1);
    style.setNumber(attr::LineThickness, graphic.thickness > 0 ? graphic.thickness : 1);
    style.setText(attr::LineDashing, QStringLiteral("SOLID"));
    style.setText(attr::ShadowStyle, QStringLiteral("OFF"));
    for (const quint32 shadow : {attr::ShadowOffsetX, attr::ShadowOffsetY, attr::ShadowOpacity})
        style.setNumber(shadow, 0);
    style.setNumbers(attr::ShadowLab, encodedLab({0, 0, 0}));
    item.setItem(attr::LineStyle, std::move(style));
}

DataSetValue graphicItem(const GraphicObject &graphic)
{
    DataSetValue item;
    item.setText(attr::GraphicUnits, unitsName(graphic.units));
    item.setNumber(attr::GraphicDimensions, 2);
    item.setNumber(attr::GraphicPoints, double(graphic.points.size()));
    std::vector<double> data;
    for (const GraphicPoint &point : graphic.points) {
        data.push_back(point.x);
        data.push_back(point.y);
    }
    item.setNumbers(attr::GraphicData, data);
    for (const GraphicTypeRow &row : graphicTypes()) {
        if (row.type == graphic.type)
            item.setText(attr::GraphicType, QLatin1String(row.name));
    }
    if (isClosed(graphic))
        item.setText(attr::GraphicFilled, yesNo(graphic.filled));
    putStyle(graphic, item);
    return item;
}

DataSetValue textItem(const TextObject &text)
{
    DataSetValue item;
    QString lines = text.text.left(MostText);
    item.setText(attr::UnformattedText, lines.replace(QLatin1String("\n"), QLatin1String("\r\n")));
    if (text.box) {
        item.setText(attr::BoxUnits, unitsName(text.units));
        item.setNumbers(attr::BoxTopLeft, {(*text.box)[0].x, (*text.box)[0].y});
        item.setNumbers(attr::BoxBottomRight, {(*text.box)[1].x, (*text.box)[1].y});
        item.setText(attr::BoxJustification,
            text.justification.isEmpty() ? QStringLiteral("LEFT") : text.justification);
    }
    if (text.anchor) {
        item.setText(attr::AnchorUnits, unitsName(text.units));
        item.setNumbers(attr::Anchor, {text.anchor->x, text.anchor->y});
        item.setText(attr::AnchorVisible, yesNo(text.anchorVisible));
    }
    return item;
}

base::Result<DataSetValue> annotationItem(const Annotation &annotation)
{
    DataSetValue item;
    putImages(annotation.images, item);
    item.setText(attr::GraphicLayer, codeString(annotation.layer));
    std::vector<DataSetValue> graphics, texts;
    for (const GraphicObject &graphic : annotation.graphics) {
        if (!isDrawable(graphic))
            return bad("graphic");
        graphics.push_back(graphicItem(graphic));
    }
    for (const TextObject &text : annotation.texts) {
        if (!isDrawable(text))
            return bad("text");
        texts.push_back(textItem(text));
    }
    if (graphics.empty() && texts.empty())
        return bad("annotation");
    if (!texts.empty())
        item.setItems(attr::TextObjects, std::move(texts));
    if (!graphics.empty())
        item.setItems(attr::GraphicObjects, std::move(graphics));
    return item;
}

DataSetValue layerItem(const GraphicLayer &layer)
{
    DataSetValue item;
    item.setText(attr::GraphicLayer, codeString(layer.name));
    item.setNumber(attr::LayerOrder, layer.order);
    if (!layer.description.isEmpty())
        item.setText(attr::LayerDescription, layer.description);
    if (layer.lab)
        item.setNumbers(attr::LayerLab, encodedLab(*layer.lab));
    return item;
}

base::Status putGraphics(const PresentationState &state, DataSetValue &set)
{
    std::vector<DataSetValue> annotations, layers;
    std::vector<GraphicLayer> all = state.layers;
    for (const Annotation &annotation : state.annotations) {
        if (codeString(annotation.layer).isEmpty())
            return bad("layer");
        NARU_ASSIGN(DataSetValue item, annotationItem(annotation));
        annotations.push_back(std::move(item));
        const bool known = std::any_of(all.begin(), all.end(), [&annotation](const GraphicLayer &layer) {
            return codeString(layer.name) == codeString(annotation.layer);
        });
        if (!known)
            all.push_back({annotation.layer, int(all.size()) + 1, {}, {}});
    }
    for (const GraphicLayer &layer : all)
        layers.push_back(layerItem(layer));
    if (!annotations.empty())
        set.setItems(attr::GraphicAnnotation, std::move(annotations));
    if (!layers.empty())
        set.setItems(attr::GraphicLayers, std::move(layers));
    return {};
}

DataSetValue voiItem(const VoiChoice &choice)
{
    DataSetValue item;
    putImages(choice.images, item);
    if (choice.lut) {
        item.setItem(attr::VoiLut, lutItem(*choice.lut));
        return item;
    }
    std::vector<double> centres, widths;
    QStringList explanations;
    for (const Window &window : choice.windows) {
        centres.push_back(window.centre);
        widths.push_back(window.width);
        explanations.append(window.explanation);
    }
    item.setNumbers(attr::WindowCentre, centres);
    item.setNumbers(attr::WindowWidth, widths);
    if (!explanations.join(QString()).isEmpty())
        item.setTexts(attr::WindowExplanation, explanations);
    if (choice.function != VoiFunction::Linear)
        item.setText(attr::VoiFunction, QLatin1String(voiFunctionName(choice.function)));
    return item;
}

// The corners of the file are those that lie top left and bottom right on the screen, after rotation and flip
// (C.10.4).
void putCorners(const DisplayedArea &area, const PresentationState &state, DataSetValue &item)
{
    const double left = area.topLeft[0], top = area.topLeft[1], right = area.bottomRight[0],
                 bottom = area.bottomRight[1];
    const std::array<std::vector<double>, 4> clockwise{std::vector{left, top}, std::vector{right, top},
        std::vector{right, bottom}, std::vector{left, bottom}};
    // Each quarter turn to the right moves a corner on by one; a flip changes left and right.
    const int first = (4 - quarters(state) + (state.flip ? 1 : 0)) % 4;
    item.setNumbers(attr::AreaTopLeft, clockwise[std::size_t(first)]);
    item.setNumbers(attr::AreaBottomRight, clockwise[std::size_t((first + 2) % 4)]);
}

DataSetValue areaItem(const DisplayedArea &area, const PresentationState &state)
{
    DataSetValue item;
    putImages(area.images, item);
    putCorners(area, state, item);
    item.setText(attr::SizeMode, QLatin1String(sizeModeName(area.mode)));
    if (area.spacing[0] > 0 && area.spacing[1] > 0)
        item.setNumbers(attr::PresentationSpacing, {area.spacing[0], area.spacing[1]});
    else
        item.setNumbers(attr::PresentationAspect, {double(area.aspect[0]), double(area.aspect[1])});
    if (area.mode == DisplayedArea::Mode::Magnify)
        item.setNumber(attr::Magnification, area.magnification);
    return item;
}

void putTransformations(const PresentationState &state, DataSetValue &set)
{
    if (state.rotation != 0 || state.flip) {
        set.setNumber(attr::Rotation, 90 * quarters(state));
        set.setText(attr::HorizontalFlip, yesNo(state.flip));
    }
    if (state.modalityLut) {
        DataSetValue item = lutItem(*state.modalityLut);
        item.setText(attr::LutType,
            state.modalityLut->type.isEmpty() ? QStringLiteral("US") : state.modalityLut->type);
        set.setItem(attr::ModalityLut, std::move(item));
    } else if (state.rescale) {
        set.setNumber(attr::Slope, (*state.rescale)[0]);
        set.setNumber(attr::Intercept, (*state.rescale)[1]);
        set.setText(
            attr::RescaleType, state.rescaleType.isEmpty() ? QStringLiteral("US") : state.rescaleType);
    }
    set.setText(
        attr::PresentationLutShape, state.inverse ? QStringLiteral("INVERSE") : QStringLiteral("IDENTITY"));
}

base::Status check(const PresentationState &state)
{
    const bool images = std::any_of(state.images.begin(), state.images.end(),
        [](const ReferencedSeries &series) { return !series.instances.empty(); });
    if (!images)
        return incomplete("image");
    if (state.areas.empty())
        return incomplete("displayed area");
    for (const VoiChoice &choice : state.windows) {
        const bool good = choice.lut ? !choice.lut->entries.empty() : !choice.windows.empty();
        if (!good)
            return incomplete("window");
    }
    return {};
}
} // namespace

base::Result<DataSetValue> toDataSet(const PresentationState &state)
{
    NARU_TRY(check(state));
    ObjectHeader header = state.header;
    if (!header.made.isValid())
        header.made = QDateTime::currentDateTime();
    DataSetValue set;
    putHeader(header, base::oid("sopGreyPresentation").text(), QStringLiteral("PR"), set);
    const QString label = codeString(state.label);
    set.setText(attr::ContentLabel, label.isEmpty() ? QStringLiteral("NARU") : label);
    set.setEmpty(attr::Laterality); // type 2C of the series; a state may show both sides
    set.setText(attr::ContentDescription, state.description);
    set.setText(attr::ContentCreator, state.creator);
    set.setText(attr::CreationDate, dicomDate(header.made));
    set.setText(attr::CreationTime, dicomTime(header.made));
    set.setItems(attr::ReferencedSeries, seriesImageItems(state.images));
    NARU_TRY(putGraphics(state, set));
    std::vector<DataSetValue> areas, windows;
    for (const DisplayedArea &area : state.areas)
        areas.push_back(areaItem(area, state));
    set.setItems(attr::DisplayedAreas, std::move(areas));
    for (const VoiChoice &choice : state.windows)
        windows.push_back(voiItem(choice));
    if (!windows.empty())
        set.setItems(attr::SoftcopyVoi, std::move(windows));
    putTransformations(state, set);
    return set;
}

} // namespace naru::imaging
