#include "ui/window/offers.h"

#include "core/model/zoo.h"
#include "ui/window/open_commands.h"
#include "ui/window/zoo_menu.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr qsizetype kMost = 4;  ///< the menu has them all

}  // namespace

Offers offersOnDisk() {
    Offers offers;
    offers.sample = !OpenCommands::samples().isEmpty();
    for (const ZooModel& model : zooModels())
        if (model.installed() && offers.models.size() < kMost)
            offers.models.append({QString::fromStdString(model.name), coreWords(model.title), ZooMenu::sizeInWords(model)});
    return offers;
}

}  // namespace discern
