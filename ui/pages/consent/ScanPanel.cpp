#include "ui/pages/consent/ScanPanel.h"

#include "ui/shell/Theme.h"

#include <QBuffer>
#include <QCheckBox>
#include <QImageReader>
#include <QLabel>
#include <QVBoxLayout>

namespace naru::ui {

ScanPanel::ScanPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_provision(new QCheckBox(tr("The paper agrees to providing personal information"), this))
    , m_sensitive(
          new QCheckBox(tr("The paper agrees to providing health information (sensitive data)"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *lead = new QLabel(tr("What is ticked and signed on the paper?"), this);
    lead->setFont(theme.font(Theme::Face::BodyBold));
    column->addWidget(lead);
    column->addWidget(m_provision);
    column->addWidget(m_sensitive);
}

bool ScanPanel::provision() const
{
    return m_provision->isChecked();
}

bool ScanPanel::sensitive() const
{
    return m_sensitive->isChecked();
}

QWidget *ScanPanel::first() const
{
    return m_provision;
}

std::optional<Scan> readScan(const QString &path)
{
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    if (!size.isValid() || qint64(size.width()) * size.height() > 60'000'000)
        return {};
    reader.setScaledSize(size.scaled(1600, 2200, Qt::KeepAspectRatio).boundedTo(size));
    const QImage image = reader.read();
    if (image.isNull())
        return {};
    Scan scan;
    scan.size = image.size();
    QBuffer buffer(&scan.png);
    buffer.open(QIODevice::WriteOnly);
    image.convertToFormat(QImage::Format_Grayscale8)
        .save(&buffer, "PNG"); // new pixels: no place, no camera, no name of the file
    return scan;
}

} // namespace naru::ui
