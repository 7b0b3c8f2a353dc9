// DICOMweb of an imaging source: which images a study has (QIDO-RS, PS3.18 10.6; IHE RAD-129) and a whole
// series in one answer, handed over image by image while it arrives (WADO-RS, PS3.18 10.4; IHE RAD-107). One
// request for a series is several times faster than one an image. Images come in the syntax they are stored
// in.
#pragma once

#include "core/base/WorkContext.h"
#include "core/ihe/rad69/Rad69.h"
#include "core/net/HttpClient.h"

#include <functional>

namespace naru::ihe {

struct WebInstance {
    ImageReference image{};
    QString sopClass{};
    int number = 0; // Instance Number; 0 unknown
    friend bool operator==(const WebInstance &, const WebInstance &) = default;
};

struct WebLimits {
    qint64 listBytes = 64LL * 1024 * 1024; // of one QIDO-RS answer
    int instances = 100'000; // of one study
    qint64 partBytes = 1024LL * 1024 * 1024; // of one image
    qint64 seriesBytes = 32LL * 1024 * 1024 * 1024;
    int seriesSeconds = 3600; // an endpoint's timeoutSeconds is how long it may stay silent
    friend bool operator==(const WebLimits &, const WebLimits &) = default;
};

// Images in the order of arrival. An error ends the transfer and comes back as it is.
using ImageArrived = std::function<base::Status(const QByteArray &part10)>;

class DicomWeb {
public:
    DicomWeb(net::TlsIdentity identity, ImagingEndpoint source, WebLimits limits = {});

    // By series and instance number; each SOP instance UID once. Empty: the source has no such study, or
    // shows none to us. Errors: those of net::HttpClient, net.HttpStatus, ihe.Answer.
    base::Result<std::vector<WebInstance>> instances(
        const QString &studyUid, const base::WorkContext &work = {}) const;
    // At most `most` images are taken; more are net.MimeBudget.
    base::Status series(const QString &studyUid, const QString &seriesUid, int most,
        const ImageArrived &arrived, const base::WorkContext &work = {}) const;

private:
    base::Result<net::HttpResponse> list(
        const QString &studyUid, std::size_t offset, const base::WorkContext &work) const;

    net::HttpClient m_http;
    ImagingEndpoint m_source{};
    WebLimits m_limits{};
};

// One answer of QIDO-RS (application/dicom+json). Objects of other studies are left out; ihe.Answer when it
// is no such list, holds more than `most`, or a UID is not one.
base::Result<std::vector<WebInstance>> readInstanceList(
    const QByteArray &json, const QString &studyUid, int most);

} // namespace naru::ihe
