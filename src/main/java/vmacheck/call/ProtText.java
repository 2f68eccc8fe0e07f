package vmacheck.call;

/// Protections: the letters of `rwx` that apply, or `none`. With dashes for the others, as in `r--`, they are read too.
final class ProtText {
    private static final String LETTERS = "rwx";

    private ProtText() {}

    static String print(int prot) {
        if (prot >> LETTERS.length() != 0) {
            throw new IllegalArgumentException("no protection has a bit of " + prot);
        }
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < LETTERS.length(); bit++) {
            if ((prot & 1 << bit) != 0) {
                text.append(LETTERS.charAt(bit));
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    static int parse(Token token) {
        if (FlagNames.isNone(token)) {
            return Prot.NONE;
        }
        int prot = Prot.NONE;
        int previous = -1;
        for (char letter : token.text().toCharArray()) {
            int bit = letter == '-' ? previous + 1 : LETTERS.indexOf(letter);
            if (bit <= previous || bit >= LETTERS.length()) {
                throw unknown(token);
            }
            prot |= letter == '-' ? 0 : 1 << bit;
            previous = bit;
        }
        if (token.isEmpty()) {
            throw unknown(token);
        }
        return prot;
    }

    private static ParseException unknown(Token token) {
        String problem = token.isEmpty() ? "missing protection" : "unknown protection " + token.quoted();
        return token.place().error(problem, "letters of rwx in this order, or none");
    }
}
