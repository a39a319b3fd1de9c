//! A redundant call with nothing that takes over.

use super::{Findings, Rule, levels, standing};
use crate::calculate::proof;
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(165),
    name: "redundant-alone",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Ett avrop som är redundant räknas inte när tjänstenivån prövas, eftersom något annat tar över. Då måste \
           det finnas något som gör det: mer än ett av samma stödjande tjänst, eller ett redundant avrop av en \
           annan tjänst i samma avsnitt, som det också bara finns ett av. Flera artiklar av ett erbjudande, som en \
           server och dess minne, är en sak, och det som ersätts under året (ersätts_av) finns inte samtidigt som \
           det som ersätter det, lika lite som det som upphör innan det andra börjar. Det som har något annat att falla tillbaka på, och bara är en extra reserv, \
           anges som ej-kritisk.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 1, samband: redundant, avsnitt: Drift}
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: redundant, avsnitt: Drift}
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    cure: "avropa fler, ange det som tar över som redundant i samma avsnitt, en av varje, eller ange avropet i serie, eller \
           som ej-kritisk om tjänsten klarar sig utan det",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let calls = service.calls();
        let groups = proof::redundant_groups(catalog, calls);
        let alone = groups.iter().filter(|group| proof::is_alone(catalog, calls, group)).flat_map(|group| {
            let why = match proof::are_mixed(catalog, calls, group) {
                true => "de avropade finns inte samtidigt",
                false => "bara en är avropad",
            };
            proof::things(catalog, calls, group).into_iter().map(move |at| (at, why))
        });
        let mut alone: Vec<(usize, &str)> = alone.collect();
        alone.sort_unstable();
        for (at, why) in alone {
            let name = &catalog.offering(&calls[at].offering).name;
            let message = format!("{name} är redundant, men {why}, så inget tar över");
            findings.add(&service.id, &levels::call_path(at), message, RULE.cure);
        }
    }
}
