#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ProfileSource.h"
#include "ui/shell/AppContext.h"

namespace naru::ui {

Page *ImagingPage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    auto *page = new ImagingPage(context, request.patient,
        std::make_shared<ProfileSource>(context.sharedProfile(), request.patient), parent);
    page->setRequest(request);
    return page;
}

} // namespace naru::ui
