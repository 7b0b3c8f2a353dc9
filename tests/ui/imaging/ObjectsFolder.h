// A folder with a CT of six slices and whatever else a test puts beside them, opened on the page.
#pragma once

#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Part10Writer.h"
#include "tests/ui/compose/Fixture.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "tests/ui/imaging/TestStudy.h"
#include "ui/pages/imaging/FolderSource.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/StudyObjects.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QPushButton>

namespace naru::test {

// Of the patient and the study of the CT; a series of its own for each number.
inline imaging::DataSetValue object(
    const QString &sopClass, const char *modality, const char *name, int number)
{
    namespace attr = imaging::attr;
    imaging::DataSetValue set;
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

struct ObjectsFolder {
    std::unique_ptr<Fixture> fixture{};
    std::unique_ptr<QTemporaryDir> folder{};
    std::unique_ptr<ui::ImagingPage> page{};

    void begin()
    {
        fixture = std::make_unique<Fixture>();
        folder = std::make_unique<QTemporaryDir>();
        TestStudy ct;
        ct.slices = 6;
        ct.write(folder->path());
    }
    void end()
    {
        page.reset();
        folder.reset();
        fixture.reset();
    }
    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(folder->filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    void write(const char *name, const imaging::DataSetValue &set) const
    {
        const auto bytes = imaging::writePart10(set);
        QVERIFY2(bytes.ok(), bytes ? "" : qPrintable(bytes.error().toString()));
        write(name, *bytes);
    }
    ui::StudyObjects *objects() const { return page->findChild<ui::StudyObjects *>(); }
    QPushButton *button(const QString &words) const
    {
        for (QPushButton *one : objects()->findChildren<QPushButton *>()) {
            if (one->text().contains(words))
                return one;
        }
        return nullptr;
    }
    void open()
    {
        page = std::make_unique<ui::ImagingPage>(*fixture->context, fixture->patient,
            std::make_shared<ui::FolderSource>(folder->path(), decoderOptions()));
        page->resize(1200, 700);
        page->show();
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
    }
};

} // namespace naru::test
