package org.countyhub.bench.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thing that a laboratory measures.
 *
 * @param item the laboratory's own code
 * @param unit UCUM
 * @param low lower end of the reference range
 * @param high upper end of the reference range
 * @param decimals how many places the laboratory reports
 */
record Analyte(
        String loinc, String loincName, String item, String name, String unit, double low, double high, int decimals) {

    /** What is ordered together: twelve analytes under one code. */
    record Panel(String code, String name, String specimenCode, String specimenName, List<Analyte> analytes) {}

    static final Panel BLOOD_COUNT = new Panel(
            "58410-2",
            "CBC panel - Blood by Automated count",
            "BLDV",
            "Blood venous",
            List.of(
                    of("6690-2", "Leukocytes [#/volume] in Blood by Automated count", "WBC", "10*9/L", 3.5, 9.5, 2),
                    of("789-8", "Erythrocytes [#/volume] in Blood by Automated count", "RBC", "10*12/L", 3.8, 5.8, 2),
                    of("718-7", "Hemoglobin [Mass/volume] in Blood", "HGB", "g/L", 115, 175, 0),
                    of("4544-3", "Hematocrit [Volume Fraction] of Blood by Automated count", "HCT", "%", 35, 50, 1),
                    of("787-2", "MCV [Entitic mean volume] in Red Blood Cells", "MCV", "fL", 82, 100, 1),
                    of("785-6", "MCH [Entitic mass] by Automated count", "MCH", "pg", 27, 34, 1),
                    of("786-4", "MCHC [Mass/volume] by Automated count", "MCHC", "g/L", 316, 354, 0),
                    of("777-3", "Platelets [#/volume] in Blood by Automated count", "PLT", "10*9/L", 125, 350, 0),
                    of("788-0", "Erythrocyte distribution width [Ratio]", "RDW", "%", 11, 16, 1),
                    of("770-8", "Neutrophils/Leukocytes in Blood by Automated count", "NEUT", "%", 40, 75, 1),
                    of("736-9", "Lymphocytes/Leukocytes in Blood by Automated count", "LYMPH", "%", 20, 50, 1),
                    of("5905-5", "Monocytes/Leukocytes in Blood by Automated count", "MONO", "%", 3, 10, 1)));

    static final Panel CHEMISTRY = new Panel(
            "24323-8",
            "Comprehensive metabolic panel - Serum or Plasma",
            "SER",
            "Serum",
            List.of(
                    of("14749-6", "Glucose [Moles/volume] in Serum or Plasma", "GLU", "mmol/L", 3.9, 6.1, 2),
                    of("14682-9", "Creatinine [Moles/volume] in Serum or Plasma", "CREA", "umol/L", 57, 111, 0),
                    of("22664-7", "Urea [Moles/volume] in Serum or Plasma", "UREA", "mmol/L", 3.1, 9.5, 2),
                    of("2951-2", "Sodium [Moles/volume] in Serum or Plasma", "NA", "mmol/L", 137, 147, 1),
                    of("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "K", "mmol/L", 3.5, 5.3, 2),
                    of("2075-0", "Chloride [Moles/volume] in Serum or Plasma", "CL", "mmol/L", 99, 110, 1),
                    of("2000-8", "Calcium [Moles/volume] in Serum or Plasma", "CA", "mmol/L", 2.11, 2.52, 2),
                    of("1742-6", "Alanine aminotransferase [Enzymatic activity/volume]", "ALT", "U/L", 9, 50, 0),
                    of("1920-8", "Aspartate aminotransferase [Enzymatic activity/volume]", "AST", "U/L", 15, 40, 0),
                    of("14631-6", "Bilirubin.total [Moles/volume] in Serum or Plasma", "TBIL", "umol/L", 5, 21, 1),
                    of("2885-2", "Protein [Mass/volume] in Serum or Plasma", "TP", "g/L", 65, 85, 1),
                    of("1751-7", "Albumin [Mass/volume] in Serum or Plasma", "ALB", "g/L", 40, 55, 1)));

    static final List<Panel> PANELS = List.of(BLOOD_COUNT, CHEMISTRY);

    private static Analyte of(
            String loinc, String name, String item, String unit, double low, double high, int decimals) {
        return new Analyte(loinc, name, item, item + " " + name, unit, low, high, decimals);
    }

    /** A value, about nine times in ten within the reference range. */
    BigDecimal draw(SplittableRandom random) {
        double share = random.nextDouble(-0.05, 1.05);
        return BigDecimal.valueOf(low + share * (high - low)).setScale(decimals, RoundingMode.HALF_UP);
    }

    /** Below, within or above the reference range, as v3 ObservationInterpretation codes it. */
    String flag(BigDecimal value) {
        if (value.doubleValue() < low) {
            return "L";
        }
        return value.doubleValue() > high ? "H" : "N";
    }
}
