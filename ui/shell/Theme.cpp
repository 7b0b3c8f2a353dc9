#include "ui/shell/Theme.h"

#include "core/base/Tsv.h"
#include "ui/shell/Fonts.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/paletteTable.h"

#include <QApplication>
#include <QFile>
#include <QFontMetrics>
#include <QPainter>
#include <QSvgRenderer>
#include <QToolTip>

// Icons live in a static library: without this call the linker would leave them out.
static void initIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace naru::ui {

namespace {

constexpr double MinimumZoom = 0.8, MaximumZoom = 2.4;
constexpr double MinimumPoints = 10.0;

struct Token {
    QColor colors[4]{};
};

const QHash<QString, Token> &palettes()
{
    static const QHash<QString, Token> all = [] {
        QHash<QString, Token> rows;
        const base::TsvTable table = base::TsvTable::parse(tables::palette);
        for (int i = 0; i < table.rowCount(); ++i) {
            rows.insert(table.at(i, "token"),
                {{QColor(table.at(i, "light")), QColor(table.at(i, "dark")), QColor(table.at(i, "hcDark")),
                    QColor(table.at(i, "hcLight"))}});
        }
        return rows;
    }();
    return all;
}

QString svgTinted(const QString &name, const QColor &color)
{
    QFile file(QStringLiteral(":/naru/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    text.replace(QStringLiteral("currentColor"), color.name());
    return text;
}

QPixmap render(const QString &svg, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg.toUtf8()).render(&painter);
    return pixmap;
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
{
    initIcons();
    m_base = Fonts::base();
    resolve();
}

QStringList Theme::tokens()
{
    return palettes().keys();
}

QColor Theme::color(const QString &token, Scheme scheme)
{
    const auto row = palettes().constFind(token);
    if (row == palettes().cend())
        qFatal("palette.tsv has no token %s", qPrintable(token));
    return row->colors[int(scheme)];
}

QColor Theme::color(const QString &token) const
{
    return color(token, m_scheme);
}

void Theme::setChoice(const QString &choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    resolve();
    install();
}

void Theme::setZoom(double zoom)
{
    const double bounded = std::clamp(zoom, MinimumZoom, MaximumZoom);
    if (qFuzzyCompare(bounded, m_zoom))
        return;
    m_zoom = bounded;
    resolve();
    install();
}

void Theme::setSystemDark(bool dark)
{
    if (m_systemDark == dark)
        return;
    m_systemDark = dark;
    resolve();
    install();
}

void Theme::setSystemHighContrast(bool high)
{
    if (m_systemHighContrast == high)
        return;
    m_systemHighContrast = high;
    resolve();
    install();
}

void Theme::resolve()
{
    if (m_choice == QLatin1String("light"))
        m_scheme = Scheme::Light;
    else if (m_choice == QLatin1String("dark"))
        m_scheme = Scheme::Dark;
    else if (m_choice == QLatin1String("highContrastDark"))
        m_scheme = Scheme::HcDark;
    else if (m_choice == QLatin1String("highContrastLight"))
        m_scheme = Scheme::HcLight;
    else if (m_systemHighContrast)
        m_scheme = m_systemDark ? Scheme::HcDark : Scheme::HcLight;
    else
        m_scheme = m_systemDark ? Scheme::Dark : Scheme::Light;
    m_body = m_base;
    m_body.setPointSizeF(std::max(MinimumPoints, m_base.pointSizeF()) * m_zoom);
    // Noto CJK carries a line height of 1.45 em; the unit follows the type, not the font's generosity.
    const QFontMetrics metrics(m_body);
    m_unitTimes4 = std::max(14, std::min(metrics.height(), qRound(metrics.ascent() * 1.25)));
}

int Theme::unit(double steps) const
{
    return qRound(m_unitTimes4 * steps / 4.0);
}

QFont Theme::font(Face face) const
{
    struct Row {
        double factor;
        bool bold;
    };
    static constexpr Row rows[] = {{0.9, false}, {1.0, false}, {1.0, true}, {1.15, true}, {1.35, true},
        {1.5, true}, {2.2, true}, {1.8, false}};
    QFont font = m_body;
    double points = m_body.pointSizeF() * rows[int(face)].factor;
    if (face == Face::Patient)
        points = std::max(18.0, points);
    font.setPointSizeF(points);
    font.setBold(rows[int(face)].bold);
    return font;
}

QIcon Theme::icon(const QString &name, const char *token) const
{
    const QString normal = svgTinted(name, color(token));
    QIcon icon;
    if (normal.isEmpty())
        return icon;
    const QString disabled = svgTinted(name, color("textDisabled"));
    for (const int size : {16, 20, 24, 32, 48}) {
        const int scaled = qRound(size * m_zoom);
        icon.addPixmap(render(normal, scaled));
        icon.addPixmap(render(disabled, scaled), QIcon::Disabled);
    }
    return icon;
}

QPalette Theme::palette() const
{
    QPalette p;
    const QColor text = color("text"), surface = color("surface");
    p.setColor(QPalette::Window, color("window"));
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, color("window"));
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, color("textDisabled"));
    p.setColor(QPalette::Button, color("raised"));
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, color("onAccent"));
    p.setColor(QPalette::ToolTipBase, color("raised"));
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Highlight, color("selection"));
    p.setColor(QPalette::HighlightedText, color("onSelection"));
    p.setColor(QPalette::Link, color("info"));
    p.setColor(QPalette::LinkVisited, color("info"));
    p.setColor(QPalette::Light, color("raised"));
    p.setColor(QPalette::Midlight, color("divider"));
    p.setColor(QPalette::Mid, color("divider"));
    p.setColor(QPalette::Dark, color("border"));
    p.setColor(QPalette::Shadow, color("border"));
    const QColor disabled = color("textDisabled");
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, disabled);
    p.setColor(QPalette::Disabled, QPalette::Base, color("window"));
    return p;
}

void Theme::applyTo(QApplication &application)
{
    m_application = &application;
    application.setStyle(new NaruStyle(*this));
    install();
}

void Theme::install()
{
    if (m_application) {
        m_application->setPalette(palette());
        m_application->setFont(m_body);
        QToolTip::setPalette(palette());
        QToolTip::setFont(font(Face::Caption));
    }
    Q_EMIT changed();
}

} // namespace naru::ui
