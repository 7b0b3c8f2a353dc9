// WADO-URI (PS3.18 9; IHE RAD-55): one image by its UIDs, as a plain GET. The way into sources that offer
// neither DICOMweb nor RAD-69.
#pragma once

#include "core/ihe/web/DicomWeb.h"

namespace naru::ihe {

class WadoUri {
public:
    WadoUri(net::TlsIdentity identity, ImagingEndpoint source, WebLimits limits = {});

    // The DICOM file as it is stored. Errors: those of net::HttpClient, net.HttpStatus, ihe.Answer (another
    // type than application/dicom), ihe.Query.
    base::Result<QByteArray> image(const ImageReference &image, const base::WorkContext &work = {}) const;

private:
    net::HttpClient m_http;
    ImagingEndpoint m_source{};
    WebLimits m_limits{};
};

} // namespace naru::ihe
