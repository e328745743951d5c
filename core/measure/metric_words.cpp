#include "core/measure/metric_words.h"

namespace discern {

const char* word(MetricFamily family) {
    switch (family) {
        case MetricFamily::Faithfulness:
            return "faithfulness";
        case MetricFamily::Robustness:
            return "robustness";
        case MetricFamily::Localisation:
            return "localisation";
        case MetricFamily::Complexity:
            return "complexity";
        case MetricFamily::Randomisation:
            return "randomisation";
        case MetricFamily::Axioms:
            break;
    }
    return "axioms";
}

const char* word(MetricNeeds needs) {
    switch (needs) {
        case MetricNeeds::Map:
            return "map";
        case MetricNeeds::Region:
            return "region";
        case MetricNeeds::Network:
            return "network";
        case MetricNeeds::Method:
            break;
    }
    return "method";
}

const char* word(Better better) {
    switch (better) {
        case Better::Higher:
            return "higher";
        case Better::Lower:
            return "lower";
        case Better::Neither:
            break;
    }
    return "neither";
}

const char* inWords(MetricNeeds needs) {
    switch (needs) {
        case MetricNeeds::Map:
            return "the map alone";
        case MetricNeeds::Region:
            return "the map and a marked region";
        case MetricNeeds::Network:
            return "the map, the model and the picture";
        case MetricNeeds::Method:
            break;
    }
    return "the map, the model, the picture and the method, which explains again";
}

}  // namespace discern
