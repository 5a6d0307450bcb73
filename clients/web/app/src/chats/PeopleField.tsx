import type { Conversations, UserCard } from "@parley/client";
import { Avatar, IconButton } from "@parley/ui";
import { X } from "lucide-react";
import type { Dispatch, SetStateAction } from "react";
import { useTranslation } from "react-i18next";
import styles from "./chats.module.css";
import { PersonField } from "./PersonField";

interface PeopleFieldProps {
  conversations: Conversations;
  /** What these people are to be. */
  label: string;
  people: readonly UserCard[];
  onChange: Dispatch<SetStateAction<readonly UserCard[]>>;
  /** Said where nobody was chosen and somebody must be. */
  missing?: string | undefined;
}

/** Some people, found one by one by exactly what they are called, and taken out again. */
export function PeopleField({ conversations, label, people, onChange, missing }: PeopleFieldProps) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={label} className={styles["form"]}>
      <PersonField
        conversations={conversations}
        onFound={(person) =>
          onChange((before) => [...before.filter(({ user_id }) => user_id !== person.user_id), person])
        }
      />
      <ul className={styles["people"]} aria-label={label}>
        {people.map((person) => {
          const name = person.nickname || person.username;
          return (
            <li key={person.user_id}>
              <Avatar name={name} picture={person.avatar} size="small" />
              <span>{name}</span>
              <IconButton
                size="small"
                label={t("chats.removeNamed", { name })}
                tooltip={false}
                onPress={() => onChange(people.filter((one) => one !== person))}
              >
                <X size={16} aria-hidden="true" />
              </IconButton>
            </li>
          );
        })}
      </ul>
      {missing === undefined ? null : (
        <p className={styles["missing"]} role="alert">
          {missing}
        </p>
      )}
    </div>
  );
}
